import { Component, type ReactNode } from 'react';

export interface StageBoundaryProps {
	/** What stands in the place of the 3D when that cannot be: the page goes on without it. */
	fallback: ReactNode;
	children: ReactNode;
}

/** Keeps a failing stage, or one whose code could not be fetched, from taking the page with it. */
export class StageBoundary extends Component<StageBoundaryProps, { hasFailed: boolean }> {
	override state = { hasFailed: false };

	static getDerivedStateFromError(): { hasFailed: boolean } {
		return { hasFailed: true };
	}

	override render(): ReactNode {
		return this.state.hasFailed ? this.props.fallback : this.props.children;
	}
}
