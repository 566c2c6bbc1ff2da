/// <reference types="vite/client" />

/** True in builds made for tests with an emulated headset (XR_EMULATOR=1). */
declare const __XR_EMULATOR__: boolean;
