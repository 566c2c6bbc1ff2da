import { type FormEvent, useEffect, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useSearchParams } from 'wouter';
import { useStore } from 'zustand';
import type { RecordSummary } from '#schema/record/summary';
import { useComposedInput } from '../../parts/hooks/use-composed-input.ts';
import { usePageMeta } from '../../parts/hooks/use-page-meta.ts';
import { useVisit } from '../../parts/hooks/visit-context.ts';
import { LocalText } from '../../parts/LocalText.tsx';
import { PieceCard } from '../../parts/PieceCard.tsx';
import type { SearchGroup } from '../../state/search.ts';
import '../../parts/cards.css';
import '../../parts/entry-view.css';
import '../../parts/record.css';
import './search/search.css';

/** Search over everything; the address holds the question, so an answer can be passed on. */
export function SearchPage() {
	const { t } = useTranslation();
	const { search } = useVisit();
	const [params] = useSearchParams();
	const [, navigate] = useLocation();
	const state = useStore(search.store);
	const inputId = useId();
	const asked = params.get('q') ?? '';
	usePageMeta({ title: asked === '' ? t('search.title') : t('search.titleFor', { q: asked }) });
	useEffect(() => void search.ask(asked), [search, asked]);

	const write = (q: string): void =>
		navigate(q === '' ? '/search' : `/search?q=${encodeURIComponent(q)}`, { replace: true });
	const box = useComposedInput(asked, write);
	const submit = (event: FormEvent<HTMLFormElement>): void => {
		event.preventDefault();
		void search.ask(asked, true);
	};

	return (
		<div className="wrap section search">
			<h1>{t('search.title')}</h1>
			<search>
				<form onSubmit={submit} className="search-form">
					<label htmlFor={inputId} className="unseen">
						{t('search.label')}
					</label>
					<input
						id={inputId}
						type="search"
						placeholder={t('search.placeholder')}
						maxLength={200}
						autoComplete="off"
						enterKeyHint="search"
						{...box}
					/>
				</form>
			</search>
			<p role="status" className="muted">
				<SearchStatus status={state.status} asked={state.answered} found={state.groups.length} />
			</p>
			{(state.status === 'error' || state.status === 'offline') && (
				<div className="trouble" role="alert">
					<p>{t(`problem.${state.code ?? 'internal'}`)}</p>
					<button type="button" className="button" onClick={() => void search.ask(asked, true)}>
						{t('state.retry')}
					</button>
				</div>
			)}
			{state.status !== 'idle' &&
				state.groups.map((group) => <Results key={group.resource} group={group} />)}
			{(state.status === 'idle' || (state.status === 'ready' && state.groups.length === 0)) && (
				<SearchHelp />
			)}
		</div>
	);
}

function SearchStatus({ status, asked, found }: { status: string; asked: string; found: number }) {
	const { t } = useTranslation();
	if (status === 'typing' || status === 'loading') return t('search.looking');
	if (status === 'ready' && found === 0) return t('search.nothing', { q: asked });
	if (status === 'ready') return t('search.found', { q: asked });
	return null;
}

function Results({ group }: { group: SearchGroup }) {
	const { t } = useTranslation();
	return (
		<section>
			<h2>
				{t(`search.group.${group.resource}`)}
				{group.total !== undefined && <span className="muted search-count">{group.total}</span>}
			</h2>
			{group.resource === 'artefacts' ? (
				<ul className="plates">
					{(group.items as readonly RecordSummary<'artefacts'>[]).map((artefact) => (
						<li key={artefact.id}>
							<PieceCard artefact={artefact} />
						</li>
					))}
				</ul>
			) : (
				<ul className="link-list">
					{group.items.map((item) => (
						<li key={item.id}>
							<ResultLink resource={group.resource} id={item.id}>
								<LocalText value={item.name} />
								{item.summary && (
									<span className="muted small">
										<LocalText value={item.summary} />
									</span>
								)}
							</ResultLink>
						</li>
					))}
				</ul>
			)}
		</section>
	);
}

interface ResultLinkProps {
	resource: SearchGroup['resource'];
	id: string;
	children: React.ReactNode;
}

/** What has no page of its own; it is named, with its summary. */
const PAGELESS: readonly string[] = ['places', 'articles', 'stories'];

function ResultLink({ resource, id, children }: ResultLinkProps) {
	if (PAGELESS.includes(resource)) return <p className="search-place">{children}</p>;
	return <Link href={`/${resource}/${id}`}>{children}</Link>;
}

/** What to try: words that find something, and the lists to walk through. */
function SearchHelp() {
	const { t } = useTranslation();
	const words = t('search.words').split('|');
	return (
		<section className="search-help">
			<h2>{t('search.help')}</h2>
			<ul className="search-words">
				{words.map((word) => (
					<li key={word}>
						<Link href={`/search?q=${encodeURIComponent(word)}`} className="button">
							{word}
						</Link>
					</li>
				))}
			</ul>
			<p>
				{t('search.orWalk')} <Link href="/museums">{t('nav.museums')}</Link> ·{' '}
				<Link href="/artefacts">{t('nav.artefacts')}</Link> ·{' '}
				<Link href="/traditions">{t('nav.traditions')}</Link>
			</p>
		</section>
	);
}
