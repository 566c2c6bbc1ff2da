import type { MediaStream } from '../media/probe-media.ts';

/** PQ and HLG, the two ways of writing light above an ordinary screen's. */
const HDR = /^(?:smpte2084|arib-std-b67)$/;
/** White of ordinary scenes in HDR, cd/m² (ITU-R BT.2408-7 §2.2). */
const DIFFUSE_WHITE = 203;
/** Highlights up to 1000 cd/m², as phones and reference screens show them, in units of that white. */
const PEAK = (1000 / DIFFUSE_WHITE).toFixed(2);
/** From this many lines on, or columns, a film that does not say uses BT.709, below BT.601: so browsers take it. */
const HD_LINES = 720;
const HD_COLUMNS = 1280;
/** swscale's names of the ways RGB is coded. */
const MATRICES: Readonly<Record<string, string>> = {
	bt709: 'bt709',
	smpte170m: 'smpte170m',
	bt470bg: 'bt470',
	smpte240m: 'smpte240m',
	fcc: 'fcc',
	bt2020nc: 'bt2020',
};
/** What is seen on ordinary screens. */
const BT709 = 'setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=tv';

/** How the colours of a film become those of ordinary screens. */
interface FilmColour {
	isHdr: boolean;
	/** Filters in ffmpeg's words, from whatever comes to 8-bit 4:2:0 BT.709 in video range. */
	filters: string[];
}

/**
 * Plans a film's way to BT.709. HDR: diffuse white comes to 89 % of the screen's, all below half of it
 * stays as it is, highlights roll off to 1000 cd/m². Rejected: the usual `hable` with a white of
 * 100 cd/m², which shows skin and walls a third too dark. Wide primaries (BT.2020) without HDR are
 * converted, the primaries of BT.601 taken for those of BT.709, from which nobody tells them apart.
 */
export function filmColour(picture: MediaStream): FilmColour {
	const {
		color_transfer: transfer = '',
		color_primaries: primaries,
		width = 0,
		height = 0,
	} = picture;
	// zimg refuses halves of colour samples.
	const even = width % 2 === 0 && height % 2 === 0 ? [] : ['crop=trunc(iw/2)*2:trunc(ih/2)*2'];
	if (HDR.test(transfer))
		return { isHdr: true, filters: [...even, ...toneMap(), 'format=yuv420p', BT709] };
	if (primaries === 'bt2020') {
		const wide = 'zscale=min=2020_ncl:pin=2020:tin=709:m=709:p=709:t=709:r=tv';
		return { isHdr: false, filters: [...even, wide, 'format=yuv420p', BT709] };
	}
	const from = `in_color_matrix=${matrixOf(picture)}`;
	const plain = `scale=${from}:out_color_matrix=bt709:out_range=tv:flags=bicubic+bitexact+accurate_rnd`;
	return { isHdr: false, filters: [plain, 'format=yuv420p', BT709] };
}

function toneMap(): string[] {
	return [
		`zscale=t=linear:npl=${DIFFUSE_WHITE}`,
		'format=gbrpf32le',
		'zscale=p=bt709',
		`tonemap=mobius:param=0.5:desat=0:peak=${PEAK}`,
		'zscale=t=bt709:m=bt709:r=tv',
	];
}

function matrixOf({ color_space: space = '', width = 0, height = 0 }: MediaStream): string {
	const said = MATRICES[space];
	if (said !== undefined) return said;
	return height >= HD_LINES || width >= HD_COLUMNS ? 'bt709' : 'smpte170m';
}
