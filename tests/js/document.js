// As much of a document as the drawings need: elements that remember what they are made of.

const SELECTOR = /^(?:([a-z]+)|\.([\w-]+)|\[([\w-]+)="([^"]*)"\])$/; // a tag, a class or an attribute

/** An element: tag, attributes, style, children, and what listens to it. */
class Made {
  /** @param {string} tag */
  constructor(tag) {
    this.tag = tag;
    /** @type {Record<string, string>} */
    this.attributes = {};
    /** @type {Record<string, string>} */
    this.dataset = {};
    /** @type {any} */
    this.style = {
      setProperty: (/** @type {string} */ name, /** @type {string} */ value) => this.set(name, value),
    };
    /** @type {Set<string>} */
    this.classes = new Set();
    /** @type {(Made | string)[]} */
    this.children = [];
    /** @type {Made | null} */
    this.parent = null;
    /** @type {Record<string, (() => void)[]>} */
    this.listeners = {};
    this.hidden = false;
    this.title = "";
    const { classes } = this;
    this.classList = {
      add: (/** @type {string} */ name) => classes.add(name),
      remove: (/** @type {string} */ name) => classes.delete(name),
      contains: (/** @type {string} */ name) => classes.has(name),
      toggle: (/** @type {string} */ name, /** @type {boolean} */ on) =>
        on ? classes.add(name) : classes.delete(name),
    };
  }

  /** @param {string} name @param {string} value */
  set(name, value) {
    this.style[name] = value;
  }

  /** @param {string} name @param {string} value */
  setAttribute(name, value) {
    this.attributes[name] = value;
  }

  /** @param {string} name */
  getAttribute(name) {
    return this.attributes[name] ?? null;
  }

  /** @param {string} value */
  set className(value) {
    this.classes.clear();
    this.classes.add(value);
  }

  /** @param {string} text */
  set textContent(text) {
    this.children = [text];
  }

  /** @returns {string} */
  get textContent() {
    return this.children.map((child) => (child instanceof Made ? child.textContent : child)).join("");
  }

  /** @param {...(Made | string)} more */
  append(...more) {
    this.children.push(...this.#owned(more));
  }

  /** @param {...(Made | string)} more */
  prepend(...more) {
    this.children.unshift(...this.#owned(more));
  }

  /** @param {...(Made | string)} those */
  replaceChildren(...those) {
    this.children = this.#owned(those);
  }

  /** @param {...(Made | string)} those */
  replaceWith(...those) {
    this.parent?.children.splice(this.parent.children.indexOf(this), 1, ...this.parent.#owned(those));
  }

  remove() {
    this.replaceWith();
  }

  /** @param {(Made | string)[]} those */
  #owned(those) {
    for (const each of those) if (each instanceof Made) each.parent = this;
    return those;
  }

  matches() {
    return false;
  }

  /** The first element in it, by a tag, a class or an attribute. @param {string} selector @returns {Made | null} */
  querySelector(selector) {
    const [, tag, name, attribute, value] = selector.match(SELECTOR) ?? [];
    for (const child of this.children) {
      if (!(child instanceof Made)) continue;
      const { attributes, classes } = child;
      if (
        tag && child.tag === tag || attribute && attributes[attribute] === value ||
        name && (classes.has(name) || attributes.class?.split(" ").includes(name))
      ) return child;
      const inside = child.querySelector(selector);
      if (inside) return inside;
    }
    return null;
  }

  querySelectorAll() {
    return [];
  }

  /** @param {string} event @param {() => void} act */
  addEventListener(event, act) {
    (this.listeners[event] ??= []).push(act);
  }

  click() {
    for (const act of this.listeners.click ?? []) act();
  }

  /** A canvas notes its rectangles as children. */
  getContext() {
    const brush = {
      fillStyle: "",
      fillRect: (/** @type {number[]} */ ...box) => this.children.push(`${brush.fillStyle} ${box.join(" ")}`),
    };
    return brush;
  }

  /** As plain data; what is empty is left out. @returns {unknown[]} */
  toJSON() {
    const { setProperty: _, ...style } = this.style;
    const more = {
      ...Object.fromEntries(Object.entries(this.dataset).map(([name, value]) => [`data-${name}`, value])),
      style: Object.entries(style).map(([name, value]) => `${name}: ${value}`).join("; "),
      classes: [...this.classes].join(" "),
      title: this.title,
    };
    const attributes = {
      ...this.attributes,
      ...Object.fromEntries(Object.entries(more).filter(([, value]) => value)),
    };
    return [this.tag, ...(Object.keys(attributes).length ? [attributes] : []), ...this.children];
  }
}

/** @type {Map<string, Made>} */
const named = new Map();

/** The element with this id; there always is one. @param {string} id @returns {any} */
export function elementById(id) {
  const found = named.get(id) ?? new Made("div");
  named.set(id, found);
  return found;
}

/** From here on there is a document. */
export function makeDocument() {
  /** @type {any} */ (globalThis).document = {
    createElement: (/** @type {string} */ tag) => new Made(tag),
    createElementNS: (/** @type {string} */ _, /** @type {string} */ tag) => new Made(tag),
    getElementById: (/** @type {string} */ id) => id ? elementById(id) : null,
    body: new Made("body"),
    documentElement: Object.assign(new Made("html"), { lang: "en" }),
    activeElement: null,
  };
  enlarge(1);
}

/** From here on the page is enlarged (static/js/lib/unit.js). @param {number} by */
export function enlarge(by) {
  const getPropertyValue = (/** @type {string} */ name) => (name === "--enlarged" ? String(by) : "");
  Object.assign(document.documentElement.style, { getPropertyValue });
}
