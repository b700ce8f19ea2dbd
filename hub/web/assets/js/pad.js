// A field to sign in: what is drawn goes into a hidden input as points "x,y", parted by blanks,
// lines by semicolons. Without scripts the page asks for a signature on paper.

const LEAST_STEP = 4;
const LONGEST = 40000;

function drawAll(context, lines) {
  const { canvas } = context;
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.lineWidth = 5;
  context.lineCap = "round";
  context.lineJoin = "round";
  context.strokeStyle = getComputedStyle(canvas).color;
  for (const line of lines) {
    context.beginPath();
    context.moveTo(...line[0]);
    for (const point of line.slice(1)) context.lineTo(...point);
    context.stroke();
  }
}

function read(written) {
  if (!written) return [];
  return written.split(";").map((line) => line.split(" ").map((point) => point.split(",").map(Number)));
}

function write(lines) {
  return lines.map((line) => line.map((point) => point.join(",")).join(" ")).join(";");
}

function place(canvas, event) {
  const box = canvas.getBoundingClientRect();
  const within = (part, most) => Math.max(0, Math.min(most, Math.round(part * most)));
  return [
    within((event.clientX - box.left) / box.width, canvas.width),
    within((event.clientY - box.top) / box.height, canvas.height),
  ];
}

function far(from, to) {
  return Math.abs(from[0] - to[0]) + Math.abs(from[1] - to[1]) >= LEAST_STEP;
}

function watch(pad) {
  const canvas = pad.querySelector("canvas");
  const input = pad.querySelector("input");
  const context = canvas.getContext("2d");
  let lines = read(input.value);
  let line = null;

  const keep = () => {
    input.value = write(lines);
    drawAll(context, lines);
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (input.value.length > LONGEST - 2000) return;
    canvas.setPointerCapture(event.pointerId);
    line = [place(canvas, event)];
    lines.push(line);
    keep();
  });
  canvas.addEventListener("pointermove", (event) => {
    const point = place(canvas, event);
    if (line === null || input.value.length > LONGEST - 20 || !far(line.at(-1), point)) return;
    line.push(point);
    keep();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => {
      line = null;
    });
  }
  pad.querySelector("[data-pad-clear]").addEventListener("click", () => {
    lines = [];
    keep();
  });
  pad.querySelector("[data-pad-without]").hidden = true;
  pad.querySelector("[data-pad-with]").hidden = false;
  drawAll(context, lines);
}

export function watchPads() {
  for (const pad of document.querySelectorAll("[data-pad]")) watch(pad);
}
