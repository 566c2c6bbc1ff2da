import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'wouter';
import type { FailureCode } from '../api/api-problem.ts';
import { codeOf, sendJson } from '../api/send-json.ts';
import { usePageMeta } from '../parts/hooks/use-page-meta.ts';
import './join-page.css';

/** By which one-time link somebody comes, and what each asks of them. */
const WAYS = {
	welcome: { path: '/api/v1/accounts/first', asks: ['name', 'email', 'password'] },
	invitation: { path: '/api/v1/invitations/acceptance', asks: ['name', 'password'] },
	reset: { path: '/api/v1/accounts/password', asks: ['password'] },
} as const;

type Field = (typeof WAYS)[keyof typeof WAYS]['asks'][number];

const INPUTS: Record<Field, { type: string; autoComplete: string; minLength?: number }> = {
	name: { type: 'text', autoComplete: 'name' },
	email: { type: 'email', autoComplete: 'email' },
	password: { type: 'password', autoComplete: 'new-password', minLength: 10 },
};

type Status = 'asking' | 'sending' | 'done' | FailureCode;

/** What people see who follow a one-time link: the first administrator, somebody invited, a forgotten password. */
export function JoinPage({ way }: { way: keyof typeof WAYS }) {
	const { t } = useTranslation(['studio', 'interface']);
	const [params] = useSearchParams();
	const [status, setStatus] = useState<Status>('asking');
	const { path, asks } = WAYS[way];
	const token = params.get('token') ?? '';
	usePageMeta({ title: t(`join.${way}.title`) });
	const submit = (event: FormEvent<HTMLFormElement>): void => {
		event.preventDefault();
		const given = new FormData(event.currentTarget);
		const body = Object.fromEntries(asks.map((field) => [field, String(given.get(field) ?? '')]));
		setStatus('sending');
		sendJson(path, { token, ...body }, AbortSignal.timeout(30_000)).then(
			() => setStatus('done'),
			(error: unknown) => setStatus(codeOf(error)),
		);
	};
	if (status === 'done') {
		return (
			<div className="wrap section prose" role="status">
				<h1>{t(`join.${way}.title`)}</h1>
				<p className="lead">{t('join.done')}</p>
				<p>
					<Link href="/" className="button button-main">
						{t('nav.home', { ns: 'interface' })}
					</Link>
				</p>
			</div>
		);
	}
	return (
		<div className="wrap section prose">
			<h1>{t(`join.${way}.title`)}</h1>
			<p className="lead">{t(`join.${way}.lead`)}</p>
			<form className="join" onSubmit={submit}>
				{asks.map((field) => (
					<JoinField key={field} field={field} />
				))}
				<Trouble status={status} />
				<button type="submit" className="button button-main" disabled={status === 'sending'}>
					{status === 'sending' ? t('join.sending') : t('join.send')}
				</button>
			</form>
		</div>
	);
}

function JoinField({ field }: { field: Field }) {
	const { t } = useTranslation(['studio', 'interface']);
	const id = useId();
	const help = field === 'password' ? `${id}-help` : undefined;
	return (
		<p>
			<label htmlFor={id}>{t(`join.${field}`)}</label>
			<input id={id} name={field} required aria-describedby={help} {...INPUTS[field]} />
			{help && (
				<span id={help} className="small muted">
					{t('join.passwordHelp')}
				</span>
			)}
		</p>
	);
}

function Trouble({ status }: { status: Status }) {
	const { t } = useTranslation(['studio', 'interface']);
	if (status === 'asking' || status === 'sending' || status === 'done') return null;
	const words: Partial<Record<Status, string>> = {
		'not-found': t('join.gone'),
		invalid: t('join.incomplete'),
	};
	return (
		<p className="trouble" role="alert">
			{words[status] ?? t(`problem.${status}`, { ns: 'interface' })}
		</p>
	);
}
