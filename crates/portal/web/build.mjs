// Builds the islands into dist. The result is committed, so that building the portal never needs Node.
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { build, transform } from "esbuild";

/** Style sheets become minified texts, which the islands adopt without inline styles. */
const styles = {
  name: "styles",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true, charset: "utf8" });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

const out = new URL("./dist/", import.meta.url);
const vendor = new URL("./node_modules/maplibre-gl/", import.meta.url);

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

const common = {
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  plugins: [styles],
  legalComments: "none",
  charset: "utf8",
};

await build({ ...common, entryPoints: ["islands/grid.ts"], outfile: new URL("grid.js", out).pathname });
await build({ ...common, entryPoints: ["islands/upload.ts"], outfile: new URL("upload.js", out).pathname });
await build({ ...common, entryPoints: ["islands/enter.ts"], outfile: new URL("enter.js", out).pathname });
await build({ ...common, entryPoints: ["islands/passkey.ts"], outfile: new URL("passkey.js", out).pathname });
await build({ ...common, entryPoints: ["islands/addresses.ts"], outfile: new URL("addresses.js", out).pathname });
await build({ ...common, entryPoints: ["islands/locate.ts"], outfile: new URL("locate.js", out).pathname });
await build({ ...common, entryPoints: ["islands/territory.ts"], outfile: new URL("territory.js", out).pathname });
await build({ ...common, entryPoints: ["islands/map.ts"], outfile: new URL("map.js", out).pathname });
// The engine of maps weighs a megabyte: `map.js` asks for it when a map comes into view.
await build({
  ...common,
  entryPoints: ["islands/map/engine.ts"],
  outfile: new URL("map-engine.js", out).pathname,
  banner: { js: "/*! Includes MapLibre GL JS, BSD-3-Clause: see map-licence.txt */" },
});
// MapLibre runs its worker from a file of ours: a policy without `blob:` is enough for it. The text after the source
// map comment is dropped with it, since the map itself isn't served.
const worker = await readFile(new URL("dist/maplibre-gl-worker.mjs", vendor), "utf8");
await writeFile(new URL("map-worker.js", out), worker.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n"));
await cp(new URL("LICENSE.txt", vendor), new URL("map-licence.txt", out));
await cp(new URL("./islands/assets/", import.meta.url), out, { recursive: true });
