import { Group, Mesh } from 'three';
import { materialsOf, texturesOf } from '../stage/dispose-object.ts';
import { linkAhead } from '../stage/link-ahead.ts';
import type { SubjectHost } from '../stage/subject.ts';
import type { LoadedTier } from './load-tier.ts';

/** What a stand compiles and uploads with, before a tier is seen. */
type StandStage = Pick<SubjectHost, 'renderer' | 'scene' | 'camera'>;

export interface StandOptions {
	/** Casts shadows on itself and on what receives them. */
	castsShadow: boolean;
}

/** Lets the browser breathe between two uploads, so that none becomes a long task. */
const breathe = () => new Promise((resolve) => setTimeout(resolve, 0));

/**
 * Holds the one tier of a piece that is shown, and puts a better one in its place within one frame:
 * shaders compiled and textures uploaded beforehand, the camera untouched. Disposes what it replaces.
 */
export class TierStand {
	/** Add this to the scene; its frame is the piece's own. */
	readonly group = new Group();
	readonly #options: StandOptions;
	#shown: LoadedTier | undefined;
	/** Counts what was cleared: a tier made ready for an earlier life is not shown. */
	#life = 0;

	constructor(options: StandOptions) {
		this.#options = options;
	}

	/** Shows a tier and takes it over. When the stand was cleared or disposed meanwhile, so is the tier. */
	async show(loaded: LoadedTier, stage: StandStage): Promise<void> {
		const life = this.#life;
		this.#dress(loaded);
		await this.#upload(loaded, stage);
		if (life !== this.#life) {
			loaded.dispose();
			return;
		}
		const before = this.#shown;
		this.#shown = loaded;
		this.group.add(loaded.root);
		before?.dispose();
	}

	/** Disposes what is shown, so that nothing of a lost context stays. */
	clear(): void {
		this.#life++;
		this.#shown?.dispose();
		this.#shown = undefined;
	}

	dispose(): void {
		this.clear();
		this.group.removeFromParent();
	}

	#dress(loaded: LoadedTier): void {
		loaded.root.traverse((node) => {
			if (!(node instanceof Mesh)) return;
			node.castShadow = this.#options.castsShadow;
			node.receiveShadow = this.#options.castsShadow;
			// Its vertices are freed after upload: rays meet the piece's box instead.
			node.raycast = () => undefined;
		});
	}

	async #upload(loaded: LoadedTier, stage: StandStage): Promise<void> {
		await linkAhead(loaded.root, stage);
		for (const material of materialsOf(loaded.root)) {
			for (const texture of texturesOf(material)) {
				texture.anisotropy = Math.min(8, stage.renderer.capabilities.getMaxAnisotropy());
				stage.renderer.initTexture(texture);
				await breathe();
			}
		}
	}
}
