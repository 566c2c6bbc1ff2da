import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { LocalizedText } from '#schema/value/text';
import { LocalText } from './LocalText.tsx';
import './record.css';

export interface LinkListItem {
	href: string;
	name: LocalizedText;
	note?: ReactNode;
}

/** Ways on from a record to others. */
export function LinkList({ title, items }: { title: string; items: readonly LinkListItem[] }) {
	if (items.length === 0) return null;
	return (
		<section>
			<h2>{title}</h2>
			<ul className="link-list">
				{items.map((item) => (
					<li key={item.href}>
						<Link href={item.href}>
							<LocalText value={item.name} />
							{item.note && <span className="muted small">{item.note}</span>}
						</Link>
					</li>
				))}
			</ul>
		</section>
	);
}
