// The style sheet of a page of few parts (show=): an explorer outside a frame loads it for such a link alone. It imports
// nothing, or the chunks of the first picture would be more.

const sheet = document.createElement("link");
sheet.rel = "stylesheet";
sheet.href = `${document.getElementById("live")?.dataset.files}/css/framed.css`;
document.head.append(sheet);
