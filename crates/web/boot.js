// Starts the page: everything is fetched at once, then handed to the wasm (page role).
//
// Runs before anything else and on browsers of any age, so it uses nothing newer than modules and `import()`:
// a browser that cannot read this file could not say that it is too old.

// The smallest module with a simd128 instruction: what the wasm was built for.
const SIMD_PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]);

// As the browser fetches `<link rel="preload" as="fetch" crossorigin>`; other options would load the file twice.
const LIKE_PRELOAD = { credentials: "same-origin", mode: "cors" };

if (canRun()) {
  boot();
} else {
  document.getElementById("too-old").hidden = false;
}

function canRun() {
  return typeof WebAssembly === "object" && WebAssembly.validate(SIMD_PROBE);
}

async function boot() {
  const glueUrl = preloaded("glue");
  const wasmUrl = preloaded("wasm");
  const corpusUrl = preloaded("corpus");
  const stemmersUrl = onDemand("stemmers");
  // Fetched here and not by the worker: a worker's fetch does not take what the page has preloaded.
  const corpus = naming(corpusUrl, load(corpusUrl).then((response) => response.arrayBuffer()));
  // The app speaks of a corpus that fails: it fetches it once more and offers to try again.
  corpus.catch(() => {});
  try {
    const [glue, module] = await Promise.all([
      naming(glueUrl, import(glueUrl)),
      naming(wasmUrl, load(wasmUrl).then(compile)),
    ]);
    await naming(wasmUrl, glue.default({ module_or_path: module }));
    glue.start(module, glueUrl, corpus, corpusUrl, stemmersUrl);
  } catch (error) {
    showFailed(error);
  }
}

// The absolute address in the link of that role.
function preloaded(role) {
  return document.querySelector(`link[data-role="${role}"]`).href;
}

// The absolute address of a file that is only fetched where the corpus needs it: in a `meta`, since a browser may
// fetch what a `link` names.
function onDemand(name) {
  return new URL(document.querySelector(`meta[name="sheaf-${name}"]`).content, document.baseURI).href;
}

async function load(url) {
  const response = await fetch(url, LIKE_PRELOAD);
  if (!response.ok) {
    throw new Error(`HTTP status ${response.status}`);
  }
  return response;
}

// Some hosts do not know the type of wasm, and compiling while it loads insists on it.
async function compile(response) {
  const type = response.headers.get("content-type") || "";
  if (type.startsWith("application/wasm")) {
    return WebAssembly.compileStreaming(response);
  }
  return WebAssembly.compile(await response.arrayBuffer());
}

// The promise, with the name of its file in the error when it fails.
function naming(url, promise) {
  return promise.catch((cause) => {
    const error = new Error(`${url}: ${cause.message}`);
    error.file = new URL(url).pathname.split("/").pop();
    throw error;
  });
}

// Un-hides `#failed` and names the file in its `[data-role="file"]`.
function showFailed(error) {
  const notice = document.getElementById("failed");
  const place = notice.querySelector('[data-role="file"]');
  if (place !== null && error.file !== undefined) {
    place.textContent = error.file;
  }
  notice.hidden = false;
  console.error(error);
}
