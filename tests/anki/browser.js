// Shows the sides of a card as Anki's reviewer does, works on them as a learner does, and leaves in the title what came
// of it. `card` has the HTML of both sides and the texts of the right options.
"use strict";
const area = document.getElementById("qa");

function show(html) {
  area.innerHTML = html;
  for (const dead of area.querySelectorAll("script")) {
    const script = document.createElement("script");
    script.textContent = dead.textContent;
    dead.replaceWith(script);
  }
}
const items = () => [...document.querySelectorAll("#matura-options li")];
const order = () => items().map((item) => item.textContent);
const marks = () => Object.fromEntries(items().map((item) => [item.textContent, item.className]));
const isRight = (item) => card.right.includes(item.textContent);
const press = (item, key) => {
  item.focus();
  return !item.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
};

// the contrast of two colours by WCAG 2
function light(colour) {
  const parts = colour.match(/[\d.]+/g).slice(0, 3).map((part) => part / 255);
  const [r, g, b] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(element) {
  const [one, other] = [getComputedStyle(element).color, getComputedStyle(document.body).backgroundColor].map(light);
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}
function lowestContrast() {
  const shown = [...area.querySelectorAll("div, li, summary")].filter((element) => element.offsetHeight > 0);
  return Math.min(...shown.map(contrast));
}

const told = { errors: [] };
window.onerror = (message) => { told.errors.push(message); };

// without scripts
area.innerHTML = card.front.replace(/<script>[^]*?<\/script>/g, "");
told.plain = order();
told.plainIsSeen = items().every((item) => item.offsetHeight > 0);

show(card.front);
told.first = order();
told.roles = [...new Set(items().map((item) => item.getAttribute("role")))];
told.keyIsTaken = press(items().find((item) => !isRight(item)), " ");
told.enterIsLeftToAnki = !press(items()[0], "Enter");
if (card.right.length > 1) {
  document.querySelector("#matura-options button").click();
}
told.afterWrong = marks();
items().filter(isRight).forEach((item) => item.click());
if (card.right.length > 1) {
  document.querySelector("#matura-options button").click();
}
told.afterRight = marks();
told.contrasts = [lowestContrast()];
show(card.back);
told.behind = order();
told.marksBehind = marks();
document.body.classList.add("nightMode");
told.contrasts.push(lowestContrast());
show(card.front);
told.again = marks();
told.orders = [...new Set(Array.from({ length: 40 }, () => {
  show(card.front);
  const shown = order().join("|");
  show(card.back);
  return shown;
}))];
told.loaded = performance.getEntriesByType("resource").length;
document.title = JSON.stringify(told);
