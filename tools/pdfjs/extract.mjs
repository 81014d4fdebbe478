// Prints the text of each page of the given PDFs, as PDF.js reads it:
//   node extract.mjs FILE...   ->   {"FILE": ["text of page 1", "text of page 2"], ...}
// Items are joined in the order PDF.js gives them, with a newline where it says that a line ends;
// nothing is added or trimmed. A file that cannot be read ends the run with status 1.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import * as pdfjs from "pdfjs-dist/legacy/build/pdf.mjs";

const pdfjsFolder = new URL("node_modules/pdfjs-dist/", import.meta.url);

async function pageTexts(path) {
  const loading = pdfjs.getDocument({
    data: new Uint8Array(await readFile(path)),
    cMapUrl: fileURLToPath(new URL("cmaps/", pdfjsFolder)),
    cMapPacked: true,
    standardFontDataUrl: fileURLToPath(new URL("standard_fonts/", pdfjsFolder)),
    verbosity: pdfjs.VerbosityLevel.ERRORS,
  });
  const pdf = await loading.promise;
  const texts = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    texts.push(items.map((item) => item.str + (item.hasEOL ? "\n" : "")).join(""));
  }
  await loading.destroy();
  return texts;
}

const result = {};
for (const path of process.argv.slice(2)) {
  result[path] = await pageTexts(path);
}
process.stdout.write(JSON.stringify(result) + "\n");
