import { type RefObject, useEffect, useRef } from 'react';

/** How far down each address was left, so that going back returns to the same spot. */
const leftAtPx = new Map<string, number>();

/**
 * What happens when a visitor arrives at another page: the top of it, with the focus on the content
 * so that the keyboard and the screen reader go on there; going back returns to where they were.
 */
export function useArrival(path: string): RefObject<HTMLElement | null> {
	const main = useRef<HTMLElement>(null);
	const last = useRef(path);
	const isReturning = useRef(false);
	useEffect(() => {
		history.scrollRestoration = 'manual';
		const onPop = (): void => {
			isReturning.current = true;
		};
		const onScroll = (): void => {
			leftAtPx.set(last.current, scrollY);
		};
		addEventListener('popstate', onPop);
		addEventListener('scroll', onScroll, { passive: true });
		return () => {
			removeEventListener('popstate', onPop);
			removeEventListener('scroll', onScroll);
		};
	}, []);
	useEffect(() => {
		if (last.current === path) return;
		last.current = path;
		const top = isReturning.current ? (leftAtPx.get(path) ?? 0) : 0;
		isReturning.current = false;
		scrollTo({ top, behavior: 'instant' });
		main.current?.focus({ preventScroll: true });
	}, [path]);
	return main;
}
