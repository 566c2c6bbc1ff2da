import type { ReactNode } from 'react';
import type { LocalizedText } from '#schema/value/text';
import { LocalText } from './LocalText.tsx';
import { RidgeLine } from './RidgeLine.tsx';
import './record.css';

export interface RecordHeadProps {
	name: LocalizedText;
	/** What kind of thing it is, above the name. */
	kind: ReactNode;
	summary?: LocalizedText;
	/** Stands behind the name. */
	mark?: ReactNode;
	children?: ReactNode;
}

/** The opening of a record's page on ink, its Chinese name as a column beside it. */
export function RecordHead({ name, kind, summary, mark, children }: RecordHeadProps) {
	return (
		<div className="record-head on-ink">
			<RidgeLine tone="on-ink" />
			<div className="wrap record-head-row">
				<div className="record-head-text">
					<p className="record-kind">{kind}</p>
					<h1>
						<LocalText value={name} /> {mark}
					</h1>
					{summary && (
						<p className="lead">
							<LocalText value={summary} />
						</p>
					)}
				</div>
				{children ? (
					<div className="record-head-side">{children}</div>
				) : (
					<p className="record-head-column" aria-hidden="true" lang="zh-CN">
						{columnName(name['zh-CN'])}
					</p>
				)}
			</div>
		</div>
	);
}

const COLUMN_CHARS = 7;

/** A name short enough to stand as a column: what is in brackets is left out. */
function columnName(name: string): string {
	const short = name.replace(/（[^）]*）/g, '');
	return short.length > COLUMN_CHARS ? '' : short;
}
