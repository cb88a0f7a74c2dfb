/** An element with a class and text: the only way that text reaches the page. */
export function element<K extends keyof HTMLElementTagNameMap>(tag: K, className = "", text?: string): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className !== "") {
    made.className = className;
  }
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}

export function button(className: string, text: string, act: () => void): HTMLButtonElement {
  const made = element("button", className, text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

/** The data that stands in a script element of type application/json, which the browser does not run. */
export function readData<T>(id: string): T {
  return JSON.parse(document.getElementById(id)?.textContent ?? "null") as T;
}

/** Puts a text into the clipboard as it is. Works from a file too, where the newer interface is often refused. */
export function copyText(text: string): boolean {
  let isDone = false;
  const give = (event: ClipboardEvent): void => {
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
    event.stopImmediatePropagation();
    isDone = true;
  };
  document.addEventListener("copy", give, true);
  document.execCommand("copy");
  document.removeEventListener("copy", give, true);
  if (!isDone) {
    void navigator.clipboard?.writeText(text);
  }
  return isDone;
}

/** Says something to those who listen instead of looking, and shows it for a moment. */
export function announce(text: string): void {
  const status = document.getElementById("status");
  if (status) {
    status.textContent = text;
    status.classList.add("visible");
    window.setTimeout(() => status.classList.remove("visible"), 1800);
  }
}
