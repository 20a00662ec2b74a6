// SPDX-License-Identifier: GPL-3.0-or-later
// The other side of test-sse-undici: reads batches of streams with the events that our parser made
// of them, runs undici's EventSourceStream on the same bytes with the same cuts, and answers each
// batch with a line: the number of streams that agree, and the first disagreement.
'use strict'
const path = require('node:path')
const fs = require('node:fs')
const folder = path.join(process.argv[2], 'node_modules/undici/lib/web/eventsource')
const { EventSourceStream } = require(path.join(folder, 'eventsource-stream.js'))

// Reads exactly n bytes of standard input, null at its end.
function read (n) {
  const buffer = Buffer.alloc(n)
  let at = 0
  while (at < n) {
    const got = fs.readSync(0, buffer, at, n - at, null)
    if (got === 0) return null
    at += got
  }
  return buffer
}

class Reader {
  constructor (buffer) { this.buffer = buffer; this.at = 0 }
  number () { this.at += 4; return this.buffer.readUInt32LE(this.at - 4) }
  bytes () { const n = this.number(); this.at += n; return this.buffer.subarray(this.at - n, this.at) }
}

function run (stream, cuts) {
  const events = []
  const state = { lastEventId: '', origin: '', reconnectionTime: -1 }
  const parser = new EventSourceStream({
    eventSourceSettings: state,
    push: (event) => { events.push([event.type, event.options.data, event.options.lastEventId]) }
  })
  let from = 0
  for (const cut of [...cuts, stream.length]) {
    if (cut > from) parser.write(Buffer.from(stream.subarray(from, cut)))
    from = cut
  }
  return { events, retry: state.reconnectionTime }
}

function compare (reader) {
  const stream = reader.bytes()
  const cuts = []
  for (let n = reader.number(); n > 0; n--) cuts.push(reader.number())
  const ours = []
  for (let n = reader.number(); n > 0; n--) {
    ours.push([reader.bytes(), reader.bytes(), reader.bytes()].map((b) => b.toString('utf8')))
  }
  const retry = Number(reader.bytes().toString('latin1'))
  const theirs = run(stream, cuts)
  if (JSON.stringify(ours) === JSON.stringify(theirs.events) && retry === theirs.retry) {
    return { count: ours.length, fault: null }
  }
  return {
    count: ours.length,
    fault: { stream: stream.toString('base64'), cuts, ours, theirs: theirs.events, retry: [retry, theirs.retry] }
  }
}

for (;;) {
  const head = read(4)
  if (head === null) break
  const reader = new Reader(read(head.readUInt32LE(0)))
  let same = 0
  let events = 0
  let fault = null
  for (let n = reader.number(); n > 0; n--) {
    const result = compare(reader)
    events += result.count
    if (result.fault === null) same++
    else fault = fault ?? result.fault
  }
  fs.writeSync(1, `${same} ${events} ${fault === null ? '-' : JSON.stringify(fault)}\n`)
}
