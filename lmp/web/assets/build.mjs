// Bundles styles and scripts, subsets the typeface, draws the icon sprite and writes the manifest.
// Called by build.py with the folder to write into; it prints nothing unless something is wrong.
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import subsetFont from "subset-font";

const HERE = dirname(fileURLToPath(import.meta.url));
const MODULES = resolve(HERE, "../../../node_modules");
const OUT = resolve(process.argv[2]);
const WORK = join(OUT, ".work");
const WEB_FONT_LIMIT = 34 * 1024;

const ASCII = String.fromCharCode(...Array.from({ length: 95 }, (_, i) => 32 + i));
// Split as the source files are: Turkish needs letters from both, and a browser takes each letter from the file that has it.
const WEB_FONTS = {
  latin: `${ASCII}ÇçÖöÜüıÂâÎîÛûÉéÀàÈèÄäß\u00a0·–—‘’“”„•…′″€°±²³×÷½¼¾§©«»−`,
  "latin-ext": "ĞğİŞş",
};
const PRINT_FONTS = [
  "atkinson-hyperlegible-next/400Regular",
  "atkinson-hyperlegible-next/400Regular_Italic",
  "atkinson-hyperlegible-next/600SemiBold",
  "atkinson-hyperlegible-next/700Bold",
  "source-serif-4/300Light",
  "source-serif-4/400Regular",
  "source-serif-4/400Regular_Italic",
  "source-serif-4/600SemiBold",
  "source-sans-3/400Regular",
  "source-sans-3/600SemiBold",
];

const manifest = {};
const hashOf = (bytes) => createHash("sha256").update(bytes).digest("hex").slice(0, 10);

function writeHashed(logicalName, bytes) {
  const extension = extname(logicalName);
  const name = `${basename(logicalName, extension)}-${hashOf(bytes)}${extension}`;
  writeFileSync(join(OUT, name), bytes);
  manifest[logicalName] = name;
}

async function subsetWebFonts() {
  const source = join(MODULES, "@fontsource-variable/atkinson-hyperlegible-next/files");
  let total = 0;
  for (const [part, letters] of Object.entries(WEB_FONTS)) {
    const file = readFileSync(join(source, `atkinson-hyperlegible-next-${part}-wght-normal.woff2`));
    const variationAxes = { wght: { min: 400, max: 700, default: 400 } };
    const font = await subsetFont(file, letters, { targetFormat: "woff2", variationAxes });
    writeFileSync(join(WORK, `atkinson-${part}.woff2`), font);
    total += font.length;
  }
  if (total > WEB_FONT_LIMIT) throw new Error(`the web font has ${total} bytes, more than ${WEB_FONT_LIMIT}`);
}

function copyPrintFonts() {
  const target = join(OUT, "fonts-print");
  mkdirSync(target);
  // The Open Font License travels with every copy, also with the subset of the pages.
  for (const family of new Set(PRINT_FONTS.map((font) => dirname(font)))) {
    cpSync(join(MODULES, "@expo-google-fonts", family, "LICENSE_FONT"), join(target, `LICENSE-${family}.txt`));
  }
  for (const font of PRINT_FONTS) {
    const folder = join(MODULES, "@expo-google-fonts", font);
    for (const file of readdirSync(folder).filter((name) => name.endsWith(".ttf"))) {
      cpSync(join(folder, file), join(target, file));
    }
  }
}

const generatedFonts = {
  name: "generated-fonts",
  setup(build) {
    build.onResolve({ filter: /^font:/ }, ({ path }) => ({ path: join(WORK, `${path.slice(5)}.woff2`) }));
  },
};

async function bundle() {
  const scripts = readdirSync(join(HERE, "js")).filter((name) => name.endsWith(".js")).map((name) => `js/${name}`);
  const result = await esbuild.build({
    absWorkingDir: HERE,
    entryPoints: ["css/app.css", "css/verify.css", ...scripts],
    outdir: OUT,
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    bundle: true,
    minify: true,
    metafile: true,
    format: "esm",
    target: ["es2020", "chrome100", "firefox100", "safari15.4"],
    loader: { ".woff2": "file" },
    plugins: [generatedFonts],
    logLevel: "silent",
  });
  if (result.warnings.length) throw new Error(result.warnings.map(sentenceOf).join("; "));
  for (const [output, facts] of Object.entries(result.metafile.outputs)) {
    const source = facts.entryPoint ?? Object.keys(facts.inputs)[0];
    manifest[basename(source)] = relative(OUT, resolve(HERE, output));
  }
}

function drawSprite() {
  const symbols = readdirSync(join(HERE, "icons")).filter((name) => name.endsWith(".svg") && name !== "favicon.svg").sort().map((name) => {
    const [, attributes, body] = /^<svg xmlns="[^"]+"([^>]*)>(.*)<\/svg>\s*$/s.exec(readFileSync(join(HERE, "icons", name), "utf8"));
    return `<symbol id="${basename(name, ".svg")}"${attributes}>${body}</symbol>`;
  });
  writeHashed("sprite.svg", Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`));
  for (const name of ["favicon.svg", "favicon.png"]) writeHashed(name, readFileSync(join(HERE, "icons", name)));
}

function compressBesides() {
  for (const name of readdirSync(OUT).filter((file) => [".css", ".js", ".svg"].includes(extname(file)))) {
    const bytes = readFileSync(join(OUT, name));
    writeFileSync(join(OUT, `${name}.gz`), gzipSync(bytes, { level: 9 }));
    writeFileSync(join(OUT, `${name}.br`), brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  }
}

const sentenceOf = ({ text, location }) => (location ? `${location.file}:${location.line}: ${text}` : text);

try {
  mkdirSync(WORK, { recursive: true });
  await subsetWebFonts();
  copyPrintFonts();
  await bundle();
  drawSprite();
  compressBesides();
  writeFileSync(join(OUT, "manifest.json"), `${JSON.stringify(manifest, Object.keys(manifest).sort(), 2)}\n`);
} catch (error) {
  console.error(error.errors?.length ? error.errors.map(sentenceOf).join("; ") : error.message);
  process.exitCode = 1;
}
