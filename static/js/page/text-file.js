// A text file that is dropped on the page or pasted becomes the text, as if it were typed; what is too long can be cropped there.

const READ = 65_536; // bytes of a file: more than any text may have

/** The text of a file on one line, as a field holds it. @param {string} written */
export const onOneLine = (written) => written.replace(/^\ufeff/, "").replace(/\s*[\r\n]+\s*/g, " ").trim();

/** The first text file among those. @param {DataTransfer | null} data */
const textFileOf = (data) => [...(data?.files ?? [])].find(({ type }) => type.startsWith("text/")) ?? null;

/** Whether a place takes files of its own. @param {EventTarget | null} target */
const isTaken = (target) => target instanceof Element && target.closest(".weights-file") !== null;

/** The field of the text, if it can be changed here. */
const field = () => {
  const text = document.getElementById("text");
  return text instanceof HTMLInputElement && !text.disabled ? text : null;
};

/** @param {File} file */
async function take(file) {
  const text = field(), written = onOneLine(await file.slice(0, READ).text());
  if (!text || !written) return;
  text.value = written;
  for (const event of ["input", "change"]) text.dispatchEvent(new Event(event, { bubbles: true }));
}

document.addEventListener("dragover", (event) => {
  const hasFiles = [...(event.dataTransfer?.items ?? [])].some(({ kind }) => kind === "file");
  if (hasFiles && field() && !isTaken(event.target)) event.preventDefault(); // the browser would open the file instead
});
document.addEventListener("drop", (event) => {
  const file = textFileOf(event.dataTransfer);
  if (!file || !field() || isTaken(event.target)) return;
  event.preventDefault();
  take(file);
});
document.addEventListener("paste", (event) => {
  const file = textFileOf(event.clipboardData);
  if (file && event.target === field()) take(file);
});
