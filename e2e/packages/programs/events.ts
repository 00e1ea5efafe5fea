// Event emitters, and the streams that are built of them.
import EventEmitter from "eventemitter3";
import mitt from "mitt";
import { bufferCount, concatMap, debounceTime, delay, from, fromEvent, interval, lastValueFrom, map, merge, of, scan, Subject, take, toArray } from "rxjs";

const emitter = new EventEmitter<{ line: [text: string, number: number] }>();
emitter.once("line", (text) => console.log("once", text));
emitter.on("line", (text, number) => console.log(number, text));
console.log(emitter.emit("line", "first", 1), emitter.emit("line", "second", 2), emitter.listenerCount("line"));

const bus = mitt<{ save: string; close: undefined }>();
bus.on("*", (type, value) => console.log(type, value));
bus.emit("save", "main.ts");
bus.emit("close");

const subject = new Subject<number>();
const sums = lastValueFrom(subject.pipe(scan((sum, n) => sum + n, 0), bufferCount(2), toArray()));
for (const n of [1, 2, 3, 4]) subject.next(n);
subject.complete();
console.log(JSON.stringify(await sums));
console.log(JSON.stringify(await lastValueFrom(merge(of("a").pipe(delay(20)), of("b"), from(Promise.resolve("c"))).pipe(toArray()))));
console.log(await lastValueFrom(interval(1).pipe(take(3), concatMap((n) => of(n * 10)), map(String), toArray())));

const target = new EventTarget();
const last = lastValueFrom(fromEvent(target, "change").pipe(debounceTime(5), take(1)));
target.dispatchEvent(new Event("change"));
console.log((await last).type);
