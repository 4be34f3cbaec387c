(function () {
  "use strict";
  var box = document.getElementById("matura-options");
  var list = box && box.getElementsByTagName("ol")[0];
  if (!list) { return; }
  var items = [].slice.call(list.children);
  var right = (box.getAttribute("data-answer") || "").split("|").map(function (letters) {
    var place = 0;
    for (var i = 0; i < letters.length; i++) { place = place * 26 + letters.charCodeAt(i) - 64; }
    return place - 1;
  });
  var several = right.length > 1;
  // the question and its options tell one card from another, in front and behind
  var question = document.querySelector(".question");
  var key = "matura:" + (question ? question.textContent : "") + ":" + list.textContent;
  var state = null;
  try { state = JSON.parse(sessionStorage.getItem(key)); } catch (e) { state = null; }
  var isBack = __IS_BACK__;
  if (!state || (!isBack && state.seen)) {
    var order = items.map(function (_, i) { return i; });
    if (box.getAttribute("data-order") !== "keep") {
      for (var i = order.length - 1; i > 0; i--) {
        var j = Math.floor(Math.random() * (i + 1));
        var kept = order[i]; order[i] = order[j]; order[j] = kept;
      }
    }
    state = { order: order, picked: [], wrong: [], done: false, seen: false };
  }
  function keep() {
    try { sessionStorage.setItem(key, JSON.stringify(state)); } catch (e) { /* it is only not remembered */ }
  }
  function has(places, place) { return places.indexOf(place) >= 0; }
  function draw() {
    items.forEach(function (item, place) {
      var shown = isBack || state.done;
      item.className = [
        shown && has(right, place) ? "right" : "",
        has(state.wrong, place) ? "wrong" : "",
        !shown && has(state.picked, place) ? "picked" : ""
      ].join(" ").trim();
      item.setAttribute("aria-checked", has(state.picked, place) ? "true" : "false");
    });
  }
  function mark() {
    var wrong = state.picked.filter(function (place) { return !has(right, place); });
    wrong.forEach(function (place) { if (!has(state.wrong, place)) { state.wrong.push(place); } });
    state.done = wrong.length === 0 && state.picked.length === right.length;
    if (!state.done) { state.picked = state.picked.filter(function (place) { return has(right, place); }); }
  }
  function pick(place) {
    if (state.done || has(state.wrong, place)) { return; }
    if (several) {
      state.picked = has(state.picked, place)
        ? state.picked.filter(function (other) { return other !== place; })
        : state.picked.concat([place]);
    } else {
      state.picked = [place];
      mark();
    }
    keep();
    draw();
  }
  state.order.forEach(function (place) { if (items[place]) { list.appendChild(items[place]); } });
  if (isBack) {
    state.seen = true;
  } else {
    box.className = "options live";
    items.forEach(function (item, place) {
      item.setAttribute("role", several ? "checkbox" : "radio");
      item.setAttribute("tabindex", "0");
      item.onclick = function () { pick(place); };
      item.onkeydown = function (event) {
        if (event.key === " ") { event.preventDefault(); event.stopPropagation(); pick(place); }
      };
    });
    if (several) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = "Mark";
      button.onclick = function () { mark(); keep(); draw(); };
      box.appendChild(button);
    }
  }
  keep();
  draw();
})();
