import { CircleGeometry, Mesh, ShaderMaterial, type Vector3 } from 'three';

const VERTEX =
	'varying vec2 vUv; void main(){vUv=uv;gl_Position=projectionMatrix*modelViewMatrix*vec4(position,1.);}';

/** A pool of warm light that fades before its rim, with a grain so fine that no bands show. */
const FRAGMENT = `
uniform float power; varying vec2 vUv;
float grain(vec2 p){return fract(sin(dot(p,vec2(12.9898,78.233)))*43758.5453);}
void main(){
	float r=length(vUv-.5)*2.;
	float pool=pow(1.-smoothstep(0.,1.,r),1.6)*power;
	pool+=(grain(gl_FragCoord.xy)-.5)/255.*step(r,.98);
	vec3 warm=vec3(.43,.345,.245)*pool;
	gl_FragColor=vec4(warm,clamp(pool*.9,0.,1.));
}`;

/** What a piece stands on in the dark: a patch of lit floor that belongs to the light, not to a thing. Seen from above only. */
export function makeGalleryFloor(
	centre: Vector3,
	floorY: number,
	radiusM: number,
): Mesh<CircleGeometry, ShaderMaterial> {
	const material = new ShaderMaterial({
		vertexShader: VERTEX,
		fragmentShader: FRAGMENT,
		uniforms: { power: { value: 0.55 } },
		transparent: true,
		premultipliedAlpha: true,
		depthWrite: false,
	});
	const floor = new Mesh(new CircleGeometry(radiusM, 64), material);
	floor.rotation.x = -Math.PI / 2;
	floor.position.set(centre.x, floorY - radiusM * 0.0005, centre.z);
	return floor;
}
