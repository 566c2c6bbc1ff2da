import { useTranslation } from 'react-i18next';
import {
	missingRegistrationFields,
	type Registration,
	registration,
} from '#schema/artefact/registration';
import type { Museum } from '#schema/museum/museum';
import type { LocalizedText } from '#schema/value/text';
import { LocalText } from './LocalText.tsx';
import './facts.css';

const FIELDS = Object.keys(registration.shape) as (keyof Registration)[];

export interface RegistrationTableProps {
	record: Registration;
	/** The holder, once it has arrived. */
	holder: Museum | undefined;
}

/** The 14 registration fields of the national standard, and which of them are still missing. */
export function RegistrationTable({ record, holder }: RegistrationTableProps) {
	const { t } = useTranslation();
	const missing = missingRegistrationFields(record);
	return (
		<section className="register" aria-labelledby="register-title">
			<h2 id="register-title">{t('registration.title')}</h2>
			<dl>
				{FIELDS.map((field) => {
					const isMissing = missing.includes(field);
					return (
						<div
							key={field}
							className={isMissing ? 'register-row register-missing' : 'register-row'}
						>
							<dt>{t(`registration.field.${field}`)}</dt>
							<dd>
								{isMissing ? (
									t('registration.missing')
								) : (
									<FieldValue field={field} record={record} holder={holder} />
								)}
							</dd>
						</div>
					);
				})}
			</dl>
			<p className="register-note">
				{t('registration.note', { present: FIELDS.length - missing.length, total: FIELDS.length })}
			</p>
		</section>
	);
}

interface FieldValueProps extends RegistrationTableProps {
	field: keyof Registration;
}

function FieldValue({ field, record, holder }: FieldValueProps) {
	const { t } = useTranslation();
	switch (field) {
		case 'holder':
			return holder ? <LocalText value={holder.name} /> : record.holder;
		case 'period':
			return record.period && <LocalText value={record.period.display} />;
		case 'dimensions':
			return <Dimensions dimensions={record.dimensions} />;
		case 'massKg':
			return t('registration.mass', { kg: record.massKg });
		case 'quantity':
			return t('registration.quantity', { count: record.quantity ?? 0 });
		case 'grade':
			return t(`registration.grade.${record.grade ?? 'ungraded'}`);
		case 'registrationNumber':
		case 'category':
		case 'accessioned':
			return record[field];
		case 'name':
		case 'material':
		case 'acquisition':
		case 'completeness':
		case 'conservation':
			return <OptionalText value={record[field]} />;
	}
}

function OptionalText({ value }: { value: LocalizedText | undefined }) {
	return value && <LocalText value={value} />;
}

function Dimensions({ dimensions }: { dimensions: Registration['dimensions'] }) {
	const { t } = useTranslation();
	const sides = [
		['width', dimensions?.widthM],
		['height', dimensions?.heightM],
		['depth', dimensions?.depthM],
	] as const;
	return sides
		.flatMap(([side, lengthM]) =>
			lengthM === undefined ? [] : t(`registration.side.${side}`, { cm: roundCm(lengthM) }),
		)
		.join(t('list.separator'));
}

/** Metres to centimetres as a label gives them: to the millimetre, no trailing zeros. */
function roundCm(lengthM: number): number {
	return Math.round(lengthM * 1000) / 10;
}
