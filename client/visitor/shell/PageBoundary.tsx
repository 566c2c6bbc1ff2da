import { Component, type ReactNode } from 'react';
import { Translation } from 'react-i18next';

export interface PageBoundaryProps {
	/** The address: another one gets another try. */
	path: string;
	children: ReactNode;
}

/** Keeps a page that cannot be drawn, or whose code could not be fetched, from taking the shell with it. */
export class PageBoundary extends Component<PageBoundaryProps, { hasFailed: boolean }> {
	override state = { hasFailed: false };

	static getDerivedStateFromError(): { hasFailed: boolean } {
		return { hasFailed: true };
	}

	override componentDidUpdate(before: PageBoundaryProps): void {
		if (this.state.hasFailed && before.path !== this.props.path)
			this.setState({ hasFailed: false });
	}

	override render(): ReactNode {
		if (!this.state.hasFailed) return this.props.children;
		return (
			<Translation>
				{(t) => (
					<div className="wrap section">
						<div className="trouble" role="alert">
							<p>{t('problem.page')}</p>
							<button type="button" className="button" onClick={() => location.reload()}>
								{t('state.reload')}
							</button>
						</div>
					</div>
				)}
			</Translation>
		);
	}
}
