import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PieceTools } from '../engine/tools/piece-tools.ts';
import { StageTool } from './StageTool.tsx';

/** How long the word of success stays. */
const SAID_MS = 2500;

/** The address of this page with what the tools show just now, whatever the address bar says yet. */
function linkTo(tools: PieceTools): string {
	tools.follow();
	const { origin, pathname, search, hash } = location;
	return origin + pathname + tools.toolbox.toSearch(search) + hash;
}

/** Whether the text is on the clipboard now: without HTTPS, or without leave, there is none. */
async function copy(text: string): Promise<boolean> {
	if (navigator.clipboard === undefined) return false;
	return navigator.clipboard.writeText(text).then(
		() => true,
		() => false,
	);
}

/** Copies the link to this view and says so; where that cannot be, shows it, selected, to be copied by hand. */
export function CopyLinkTool({ tools }: { tools: PieceTools }) {
	const { t } = useTranslation('stage');
	const [isCopied, setCopied] = useState(false);
	const [link, setLink] = useState<string>();
	useEffect(() => {
		if (!isCopied) return;
		const timer = setTimeout(() => setCopied(false), SAID_MS);
		return () => clearTimeout(timer);
	}, [isCopied]);
	const press = async (): Promise<void> => {
		const made = linkTo(tools);
		const isDone = await copy(made);
		setCopied(isDone);
		setLink(isDone ? undefined : made);
	};
	return (
		<>
			<StageTool
				icon={isCopied ? 'done' : 'link'}
				label={t('piece.copyLink')}
				onPress={() => void press()}
			/>
			<p className="stage-said" role="status">
				{isCopied && <span>{t('piece.linkCopied')}</span>}
			</p>
			{link !== undefined && (
				<input
					className="stage-link"
					readOnly
					// biome-ignore lint/a11y/noAutofocus: the visitor asked for it, and copies it from here
					autoFocus
					aria-label={t('piece.copyByHand')}
					title={t('piece.copyByHand')}
					value={link}
					onFocus={(event) => event.target.select()}
					onBlur={() => setLink(undefined)}
					onKeyDown={(event) => event.key === 'Escape' && setLink(undefined)}
				/>
			)}
		</>
	);
}
