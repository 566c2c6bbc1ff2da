import { Box3, BoxGeometry, Group, Mesh, MeshBasicMaterial, Vector3 } from 'three';
import type { Profile, SpatialManifest, TierFile } from '#schema/asset/asset-manifest';
import type { Piece } from '#schema/exhibit/piece';
import { loadTier } from '../subject/load-tier.ts';
import { Refiner } from '../subject/refiner.ts';
import { pxPerMetre } from '../subject/tier-choice.ts';
import { tierProfile } from '../subject/tier-profile.ts';
import { type StandStage, TierStand } from '../subject/tier-stand.ts';
import type { Claim } from './allot-limits.ts';
import type { Footprint } from './plinths.ts';

/** A scan's manifest and the address it was read from. */
export interface PieceAsset {
	manifest: SpatialManifest;
	manifestUrl: string;
}

/** A stand-in's box where there is no scan yet, metres. */
const EMPTY_BOX = new Box3(new Vector3(-0.15, 0, -0.15), new Vector3(0.15, 0.3, 0.15));

/** One piece in its place in the room: on its plinth, turned and scaled, refined as one comes near. */
export class RoomPiece {
	readonly piece: Piece;
	readonly tiers: SpatialManifest['tiers'];
	/** The piece's place in the room: on its plinth, turned. */
	readonly group = new Group();
	/** The thing itself, its foot at the origin, scaled as in the room. */
	readonly model = new Group();
	/** What a ray or a finger touches, in the frame of `group`: the piece's box, invisible. */
	readonly hit: Mesh<BoxGeometry, MeshBasicMaterial>;
	/** The middle of the piece in the room, and half its diagonal, metres. */
	readonly centreM: Vector3;
	readonly radiusM: number;
	readonly sizeM: Vector3;
	readonly #stand = new TierStand({ castsShadow: false });
	readonly #refiner: Refiner | undefined;
	readonly #manifest: SpatialManifest | undefined;

	constructor(
		piece: Piece,
		asset: PieceAsset | undefined,
		stage: () => StandStage | undefined,
		onChange: () => void,
	) {
		this.piece = piece;
		this.#manifest = asset?.manifest;
		this.tiers = asset?.manifest.tiers ?? [];
		const bounds = asset?.manifest.bounds;
		const box = bounds
			? new Box3(new Vector3(...bounds.min), new Vector3(...bounds.max))
			: EMPTY_BOX.clone();
		this.sizeM = box.getSize(new Vector3()).multiplyScalar(piece.scale);
		this.radiusM = this.sizeM.length() / 2;
		const topM = piece.plinth.shape === 'none' ? 0 : piece.plinth.heightM;
		const [x, y, z] = piece.positionM;
		this.group.position.set(x, y + topM, z);
		this.group.rotation.y = piece.yawRad;
		const foot = box.getCenter(new Vector3()).setY(box.min.y).multiplyScalar(-piece.scale);
		this.#stand.group.position.copy(foot);
		this.#stand.group.scale.setScalar(piece.scale);
		this.hit = new Mesh(new BoxGeometry(...this.sizeM), new MeshBasicMaterial());
		this.hit.position.y = this.sizeM.y / 2;
		this.hit.material.visible = false;
		this.model.add(this.#stand.group);
		this.group.add(this.model);
		this.centreM = this.group.position.clone().add(new Vector3(0, this.sizeM.y / 2, 0));
		this.#refiner = asset && this.#makeRefiner(asset, stage, onChange);
	}

	/** The tier that is seen now. */
	get shown(): TierFile | undefined {
		return this.#refiner?.state.shown;
	}

	/** A finer or coarser tier is on its way. */
	get isLoading(): boolean {
		return this.#refiner?.state.phase === 'loading';
	}

	/** The contact shadow's place, or undefined for a piece without a scan. */
	get footprint(): Footprint | undefined {
		if (this.tiers.length === 0) return undefined;
		const { x, y, z } = this.group.position;
		return {
			xM: x,
			yM: y,
			zM: z,
			yawRad: this.piece.yawRad,
			widthM: this.sizeM.x,
			depthM: this.sizeM.z,
		};
	}

	/** What this piece would take, seen from `eye` with a field `fovRad` on `heightPx` pixels. */
	claim(eye: Vector3, fovRad: number, heightPx: number, profile: Profile): Claim {
		return this.claimAt(eye.distanceTo(this.centreM), fovRad, heightPx, profile);
	}

	/** The same for a piece taken out of the room, its middle `awayM` from the eye. */
	claimAt(awayM: number, fovRad: number, heightPx: number, profile: Profile): Claim {
		const distanceM = Math.max(0.2, awayM - this.radiusM);
		return {
			tiers: this.tiers,
			shown: this.shown,
			view: {
				...tierProfile(this.#manifest ?? {}, profile),
				pxPerM: pxPerMetre(distanceM, fovRad, heightPx),
				diagonalM: this.radiusM * 2,
			},
			distanceM,
		};
	}

	aim(claim: Claim, limits: { gpuBytes: number; triangles: number }): void {
		this.#refiner?.aim(claim.view, limits);
	}

	pause(isPaused: boolean): void {
		if (isPaused) this.#refiner?.pause();
		else this.#refiner?.resume();
	}

	/** A lost context took what was shown: starts over. */
	forget(): void {
		this.#stand.clear();
		this.#refiner?.forget();
	}

	dispose(): void {
		this.#refiner?.dispose();
		this.#stand.dispose();
		this.hit.geometry.dispose();
		this.hit.material.dispose();
		this.group.removeFromParent();
	}

	#makeRefiner(
		asset: PieceAsset,
		stage: () => StandStage | undefined,
		onChange: () => void,
	): Refiner {
		return new Refiner({
			tiers: asset.manifest.tiers,
			load: (file, signal, onProgress) =>
				loadTier(file, { baseUrl: asset.manifestUrl, signal, onProgress }),
			show: async (loaded) => {
				const now = stage();
				if (now === undefined) {
					loaded.dispose();
					return;
				}
				await this.#stand.show(loaded, now);
				onChange();
			},
			onState: onChange,
		});
	}
}
