// Leave now: blank the page in the same frame, end the session, and put a neutral page in this
// one's place in the history. Without scripts the link does the same by itself, a moment later.

const PRESSES = 3;
const WITHIN_MILLISECONDS = 5000;
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("leave") : null;

function blank() {
  document.documentElement.classList.add("is-leaving");
}

function goElsewhere() {
  const link = document.querySelector("[data-leave-to]") ?? document.querySelector("[data-leave]");
  location.replace(link.dataset.leaveTo ?? link.href);
}

// What a number of one's own has opened is over at once, and not when its time is up.
function endVisit() {
  const visit = document.querySelector("input[name=visit]");
  if (!visit) return;
  navigator.sendBeacon("/notes", new URLSearchParams({ visit: visit.value, do: "close" }));
}

// Back and Reload would send number and PIN again: let the history keep the bare address alone.
function forgetWhatWasSent() {
  if ("unsent" in document.documentElement.dataset) {
    history.replaceState(null, "", location.href);
  }
}

function leave() {
  blank();
  navigator.sendBeacon("/leave");
  endVisit();
  tabs?.postMessage("leave");
  goElsewhere();
}

function watchShift() {
  let alone = false;
  let presses = 0;
  let last = 0;
  const status = document.querySelector("[data-leave-status]");

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") {
      alone = false;
      presses = 0;
    } else if (!event.repeat) {
      alone = true;
    }
  });
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    alone = false;
    presses = event.timeStamp - last > WITHIN_MILLISECONDS ? 1 : presses + 1;
    last = event.timeStamp;
    if (presses >= PRESSES) leave();
    else if (status) status.textContent = status.dataset[presses === 1 ? "once" : "twice"];
  });
}

export function watchForLeaving() {
  forgetWhatWasSent();
  for (const link of document.querySelectorAll("[data-leave]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      leave();
    });
  }
  watchShift();
  // Whoever leaves in one tab leaves in all of them.
  tabs?.addEventListener("message", () => {
    blank();
    goElsewhere();
  });
  // A page kept alive by the Back button would show again what was left.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    blank();
    location.reload();
  });
}
