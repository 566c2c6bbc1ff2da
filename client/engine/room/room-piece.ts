import { Box3, Group, Vector3 } from 'three';
import type { TierFile } from '#schema/asset/asset-manifest';
import type { Piece } from '#schema/exhibit/piece';
import { makePickTarget, type PickMesh } from '../pick/pick-target.ts';
import type { Stage } from '../stage/stage.ts';
import { makeSubject } from '../subject/make-subject.ts';
import type { LadderAsset, MeshLadder } from '../subject/mesh-ladder.ts';
import type { Footprint } from './plinths.ts';

/** A stand-in's box where there is no scan yet, metres. */
const EMPTY_BOX = new Box3(new Vector3(-0.15, 0, -0.15), new Vector3(0.15, 0.3, 0.15));

/** A second pass gives the same asset other files. */
const keyOf = ({ manifest, manifestUrl }: LadderAsset): string =>
	[manifestUrl, ...manifest.tiers.map((tier) => tier.file)].join(' ');

/** One piece in its place in the room: on its plinth, turned and scaled. What it shows may come, or change, later. */
export class RoomPiece {
	readonly piece: Piece;
	/** The piece's place in the room: on its plinth, turned. */
	readonly group = new Group();
	/** The thing itself, its foot at the origin, scaled as in the room. */
	readonly model = new Group();
	/** The middle of the piece in the room, metres. */
	readonly centreM = new Vector3();
	readonly sizeM = new Vector3();
	readonly #stage: Stage;
	#shownKey: string | undefined;
	#subject: MeshLadder | undefined;
	#target = makePickTarget(EMPTY_BOX);

	constructor(piece: Piece, stage: Stage) {
		this.piece = piece;
		this.#stage = stage;
		const topM = piece.plinth.shape === 'none' ? 0 : piece.plinth.heightM;
		const [x, y, z] = piece.positionM;
		this.group.position.set(x, y + topM, z);
		this.group.rotation.y = piece.yawRad;
		this.group.add(this.model);
		this.#takeSize(EMPTY_BOX);
	}

	/** What a ray or a finger touches, in the frame of `group`, invisible: the piece's box, or its surface once that was wanted. */
	get hit(): PickMesh {
		return this.#target.mesh;
	}

	/** Half the piece's diagonal in the room, metres. */
	get radiusM(): number {
		return this.sizeM.length() / 2;
	}

	/** There is a scan to show. */
	get hasScan(): boolean {
		return this.#subject !== undefined;
	}

	/** The tier that is seen now. */
	get shown(): TierFile | undefined {
		return this.#subject?.state.shown;
	}

	/** A finer or coarser tier is on its way. */
	get isLoading(): boolean {
		return this.#subject?.phase === 'loading';
	}

	/** Nothing of its scan could be had. */
	get hasFailed(): boolean {
		return this.#subject?.phase === 'failed' || this.#subject?.phase === 'waiting';
	}

	/** The contact shadow's place, or undefined for a piece without a scan. */
	get footprint(): Footprint | undefined {
		if (this.#subject === undefined) return undefined;
		const { x, y, z } = this.group.position;
		const { yawRad } = this.piece;
		return { xM: x, yM: y, zM: z, yawRad, widthM: this.sizeM.x, depthM: this.sizeM.z };
	}

	/** Shows another scan, or none, in the same place. True when that changed anything. */
	show(asset: LadderAsset | undefined): boolean {
		const key = asset && keyOf(asset);
		if (key === this.#shownKey) return false;
		this.#shownKey = key;
		if (this.#subject !== undefined) this.#stage.remove(this.#subject);
		this.#subject =
			asset && makeSubject(this.#stage, asset, { castsShadow: false, isPicked: false });
		this.#target.dispose();
		this.#target = makePickTarget(this.#subject?.bounds ?? EMPTY_BOX);
		this.#takeSize(this.#subject?.bounds ?? EMPTY_BOX);
		if (this.#subject !== undefined) {
			this.model.add(this.#subject.group);
			this.#stage.add(this.#subject);
		}
		return true;
	}

	/** Somebody points at it: from now on pointers meet its very surface, as soon as that can be. */
	async want(): Promise<void> {
		const target = this.#target;
		const proxy = await this.#subject?.picker.ready().catch(() => undefined);
		if (proxy !== undefined) target.admit(proxy);
	}

	dispose(): void {
		if (this.#subject !== undefined) this.#stage.remove(this.#subject);
		this.#target.dispose();
		this.group.removeFromParent();
	}

	#takeSize(box: Box3): void {
		const { scale } = this.piece;
		box.getSize(this.sizeM).multiplyScalar(scale);
		this.centreM.copy(this.group.position);
		this.centreM.y += this.sizeM.y / 2;
		for (const part of [this.#target.mesh, this.#subject?.group]) {
			if (part === undefined) continue;
			box.getCenter(part.position).setY(box.min.y).multiplyScalar(-scale);
			part.scale.setScalar(scale);
		}
	}
}
