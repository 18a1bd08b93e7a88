// Dock of a phone: keeps the controls at the bottom of the window above the on-screen keyboard (visual viewport).

const ROOM = 500; // px of a window's height: below it a keyboard is up

/** Follow the keyboard. Where it does not make the page smaller, as on iOS, the dock is lifted by its height. */
export function listen() {
  const view = globalThis.visualViewport;
  if (!view) return;
  const follow = () => {
    if (view.scale > 1.01) return; // enlarged by two fingers
    const covered = Math.max(0, Math.round(innerHeight - view.height - view.offsetTop));
    document.documentElement.style.setProperty("--keyboard", `${covered}px`);
    const { classList } = document.body, was = classList.contains("on-keyboard");
    if (classList.toggle("on-keyboard", view.height < ROOM && isTyping()) !== was) {
      dispatchEvent(new Event("resize")); // the picture has another height
      if (!was) document.querySelector("main .picture")?.scrollIntoView();
    }
  };
  for (const kind of ["resize", "scroll"]) view.addEventListener(kind, follow);
  for (const kind of ["focusin", "focusout"]) document.addEventListener(kind, follow);
}

const isTyping = () => document.activeElement?.matches("input[type=text], input[type=number]") ?? false;
