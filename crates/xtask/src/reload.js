// Only while developing (`cargo xtask serve --watch`): waits for the next build, then loads the page again.

const build = new URL(import.meta.url).searchParams.get("build");

while (!(await hasNewBuild())) {
  await new Promise((resolve) => setTimeout(resolve, 1000));
}
location.reload();

// The server answers when there is one; it may be away for a while.
async function hasNewBuild() {
  try {
    return (await fetch(`./__reload/${build}`)).ok;
  } catch {
    return false;
  }
}
