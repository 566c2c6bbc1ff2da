/** What stands at every address while the client is being built; it looks again by itself. */
export const HOLDING_PAGE = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="2">
<title>西山 Xishan</title>
<style>
:root { color-scheme: dark }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: #14130f; color: #efe9dc;
	font: 1.05rem/1.9 'Noto Serif SC', 'Songti SC', serif; text-align: center }
h1 { font-size: 2.4rem; font-weight: 500; letter-spacing: .5em; margin: 0 0 .6em .5em }
p { margin: 0 }
p + p { color: #b5ad9b }
</style>
</head>
<body>
<main>
<h1>西山</h1>
<p>正在布展，马上开门。</p>
<p lang="en">Hanging the exhibition; the doors open in a moment.</p>
</main>
</body>
</html>
`;
