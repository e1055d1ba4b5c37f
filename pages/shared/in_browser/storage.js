// One text in the browser's local storage, for the page around this frame; see ../browser_storage.py.
const send = (type, more) =>
  parent.postMessage({ isStreamlitMessage: true, type: `streamlit:${type}`, ...more }, location.origin)
const answer = (held) => send("setComponentValue", { dataType: "json", value: { held, at: Date.now() } })
let known, cleared // what was here when it was last read or written, and how often it had been cleared
let waiting // the count of answers when the last was given: the page does not know of it before it has counted it

addEventListener("message", ({ source, origin, data: { type, args } }) => {
  if (source !== parent || origin !== location.origin || type !== "streamlit:render") return
  try {
    const held = localStorage.getItem(args.item) ?? ""
    // Where another tab has written, the page hears of it before it writes over that.
    const told = held === known && args.answers !== waiting
    const written = known !== undefined && (told || args.cleared !== cleared) // by nobody else
    const asks = args.text === null || (held !== args.text && !written)
    cleared = args.cleared
    known = asks ? held : args.text
    waiting = asks ? args.answers : undefined
    if (asks) answer(held)
    else if (args.text) localStorage.setItem(args.item, args.text)
    else localStorage.removeItem(args.item)
  } catch {
    answer(null) // the browser forbids it, or has no room
  }
})
send("componentReady", { apiVersion: 1 })
