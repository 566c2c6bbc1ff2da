import { REQUEST_CLASSES, type RequestClass } from './request-class.ts';

/** One request that passed a link. Times in milliseconds of Unix time. */
export interface WireRequest {
	url: string;
	class: RequestClass;
	status: number;
	startMs: number;
	/** Null while it is under way. */
	endMs: number | null;
	/** Head and body of the answer as they passed, compressed if they were. */
	bytes: number;
}

/** Bytes that had passed at a moment, of all classes and of each. */
export type BytesByClass = Record<RequestClass | 'all', number>;

/** What passed a link, and when. */
export class WireLog {
	readonly requests: WireRequest[] = [];
	readonly #passed: { atMs: number; class: RequestClass; bytes: number }[] = [];

	begin(url: string, nowMs: number): WireRequest {
		const request: WireRequest = {
			url,
			class: 'other',
			status: 0,
			startMs: nowMs,
			endMs: null,
			bytes: 0,
		};
		this.requests.push(request);
		return request;
	}

	pass(request: WireRequest, bytes: number, nowMs: number): void {
		request.bytes += bytes;
		this.#passed.push({ atMs: nowMs, class: request.class, bytes });
	}

	/** How many requests were made until then. */
	requestsUntil(ms: number): number {
		return this.requests.filter((request) => request.startMs <= ms).length;
	}

	bytesUntil(ms: number): BytesByClass {
		const none = [...REQUEST_CLASSES, 'all'].map((name) => [name, 0]);
		const sums = Object.fromEntries(none) as BytesByClass;
		for (const { atMs, bytes, class: name } of this.#passed) {
			if (atMs > ms) continue;
			sums[name] += bytes;
			sums.all += bytes;
		}
		return sums;
	}
}
