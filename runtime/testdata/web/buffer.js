import { equal, test, testNotNode } from "./harness.js";

const codeOf = (run) => {
  try {
    return run();
  } catch (error) {
    return error.name + ":" + error.code;
  }
};

const rows = [
  [() => Buffer.from("aä€😀").toString("hex"), "61c3a4e282acf09f9880"],
  [() => Buffer.from("aä").length, "3"],
  [() => Buffer.from("616263","hex").toString(), "abc"],
  [() => Buffer.from("61626","hex").toString(), "ab"],
  [() => Buffer.from("6x","hex").length, "0"],
  [() => Buffer.from("YWJj","base64").toString(), "abc"],
  [() => Buffer.from("YW-_","base64").toString("hex"), "616fbf"],
  [() => Buffer.from("YWJj","base64url").toString(), "abc"],
  [() => Buffer.from("YQ","base64").toString(), "a"],
  [() => Buffer.from("Y Q = =","base64").toString(), "a"],
  [() => Buffer.from("äÿ","latin1").toString("hex"), "e4ff"],
  [() => Buffer.from("äÿ","binary").toString("hex"), "e4ff"],
  [() => Buffer.from("aä","ascii").toString("hex"), "61e4"],
  [() => Buffer.from("ab","utf16le").toString("hex"), "61006200"],
  [() => Buffer.from("ab","ucs2").toString("hex"), "61006200"],
  [() => Buffer.from("ab","UTF-8").toString(), "ab"],
  [() => Buffer.from([1,2,257,-1,"3",1.9]).toString("hex"), "010201ff0301"],
  [() => Buffer.from(new Uint8Array([1,2,3])).toString("hex"), "010203"],
  [() => Buffer.from(new Uint16Array([1,2,300])).toString("hex"), "01022c"],
  [() => (() => { const u = new Uint8Array([1,2,3]); const b = Buffer.from(u.buffer, 1, 1); u[1] = 9; return b.toString("hex") })(), "09"],
  [() => Buffer.from({length: 2, 0: 5, 1: 6}).toString("hex"), "0506"],
  [() => Buffer.from({type:"Buffer",data:[1,2]}).toString("hex"), "0102"],
  [() => Buffer.from(Buffer.from("x")).toString(), "x"],
  [() => Buffer.from(new String("xy")).toString(), "xy"],
  [() => codeOf(() => Buffer.from(5)), "TypeError:ERR_INVALID_ARG_TYPE"],
  [() => codeOf(() => Buffer.from(null)), "TypeError:ERR_INVALID_ARG_TYPE"],
  [() => codeOf(() => Buffer.from("x", "nope")), "TypeError:ERR_UNKNOWN_ENCODING"],
  [() => Buffer.from("hi").toString("base64"), "aGk="],
  [() => Buffer.from([255,254]).toString("base64url"), "__4"],
  [() => Buffer.from([255,254]).toString("latin1"), "\u00ff\u00fe"],
  [() => Buffer.from([255,97]).toString("ascii"), "\u007fa"],
  [() => Buffer.from([97,0,98,0]).toString("utf16le"), "ab"],
  [() => Buffer.from([255,254]).toString("utf8"), "\ufffd\ufffd"],
  [() => Buffer.from("abcdef").toString("utf8", 1, 3), "bc"],
  [() => Buffer.from("abcdef").toString(undefined, 2), "cdef"],
  [() => Buffer.alloc(3).toString("hex"), "000000"],
  [() => Buffer.alloc(3, 1).toString("hex"), "010101"],
  [() => Buffer.alloc(5, "ab").toString(), "ababa"],
  [() => Buffer.alloc(5, "YWI=", "base64").toString(), "ababa"],
  [() => Buffer.allocUnsafe(3).length, "3"],
  [() => Buffer.allocUnsafeSlow(3).length, "3"],
  [() => Buffer.byteLength("aä€"), "6"],
  [() => Buffer.byteLength("YWJj", "base64"), "3"],
  [() => Buffer.byteLength("abcd", "hex"), "2"],
  [() => Buffer.byteLength(new ArrayBuffer(5)), "5"],
  [() => Buffer.compare(Buffer.from("a"), Buffer.from("b")), "-1"],
  [() => Buffer.concat([Buffer.from("a"), new Uint8Array([98])]).toString(), "ab"],
  [() => Buffer.concat([Buffer.from("abc")], 2).toString(), "ab"],
  [() => Buffer.concat([Buffer.from("a")], 3).toString("hex"), "610000"],
  [() => Buffer.concat([]).length, "0"],
  [() => Buffer.isBuffer(Buffer.alloc(1)) + "" + Buffer.isBuffer(new Uint8Array(1)), "truefalse"],
  [() => Buffer.isEncoding("utf8") + "" + Buffer.isEncoding("x") + Buffer.isEncoding("UTF-16LE"), "truefalsetrue"],
  [() => Buffer.of(1,2).toString("hex"), "0102"],
  [() => Buffer.from("abc") instanceof Uint8Array, "true"],
  [() => Buffer.from("abc") instanceof Buffer, "true"],
  [() => Buffer.from("abc").constructor === Buffer, "true"],
  [() => Object.prototype.toString.call(Buffer.from("abc")), "[object Uint8Array]"],
  [() => Buffer.from("abcdef").slice(1,3).toString(), "bc"],
  [() => (() => { const b = Buffer.from("abcdef"); b.slice(1,3)[0] = 120; return b.toString() })(), "axcdef"],
  [() => Buffer.from("abcdef").slice(-3,-1).toString(), "de"],
  [() => Buffer.isBuffer(Buffer.from("abcdef").subarray(1,3)), "true"],
  [() => Buffer.from("abcdef").subarray(1,3).toString(), "bc"],
  [() => (() => { const b = Buffer.from("abcdef"); b.subarray(1,3)[0] = 120; return b.toString() })(), "axcdef"],
  [() => Buffer.from("abc").equals(Buffer.from("abc")), "true"],
  [() => Buffer.from("abc").equals(new Uint8Array([97,98,99])), "true"],
  [() => Buffer.from("abc").compare(Buffer.from("abd")), "-1"],
  [() => Buffer.from("xabc").compare(Buffer.from("abc"), 0, 3, 1, 4), "0"],
  [() => Buffer.from("abcabc").indexOf("c"), "2"],
  [() => Buffer.from("abcabc").indexOf("bc", 2), "4"],
  [() => Buffer.from("abcabc").indexOf(98), "1"],
  [() => Buffer.from("abcabc").indexOf(Buffer.from("ca")), "2"],
  [() => Buffer.from("abcabc").indexOf(""), "0"],
  [() => Buffer.from("abcabc").indexOf("c", -2), "5"],
  [() => Buffer.from("abcabc").lastIndexOf("b"), "4"],
  [() => Buffer.from("abcabc").lastIndexOf("b", 3), "1"],
  [() => Buffer.from("abcabc").includes("ca"), "true"],
  [() => Buffer.from("abcabc").includes("x"), "false"],
  [() => Buffer.from("abcdef").fill("xy").toString(), "xyxyxy"],
  [() => Buffer.from("abcdef").fill(120, 2, 4).toString(), "abxxef"],
  [() => Buffer.from("abcdef").fill("YQ==", "base64").toString(), "aaaaaa"],
  [() => Buffer.from("abcdef").fill("").toString("hex"), "000000000000"],
  [() => (() => { const b = Buffer.alloc(5); return [b.write("hey"), b.toString("hex")] })(), "3,6865790000"],
  [() => (() => { const b = Buffer.alloc(5); return [b.write("hey", 3), b.toString("hex")] })(), "2,0000006865"],
  [() => (() => { const b = Buffer.alloc(5); return [b.write("6869", 1, "hex"), b.toString("hex")] })(), "2,0068690000"],
  [() => (() => { const b = Buffer.alloc(2); return [b.write("a€"), b.toString("hex")] })(), "1,6100"],
  [() => (() => { const b = Buffer.alloc(5); return [Buffer.from("hey").copy(b, 1), b.toString("hex")] })(), "3,0068657900"],
  [() => (() => { const b = Buffer.alloc(5); return [Buffer.from("hey").copy(b, 4, 1), b.toString("hex")] })(), "1,0000000065"],
  [() => JSON.stringify(Buffer.from("ab")), "{\"type\":\"Buffer\",\"data\":[97,98]}"],
  [() => Buffer.from([1,2,3,4]).swap16().toString("hex"), "02010403"],
  [() => Buffer.from([1,2,3,4]).swap32().toString("hex"), "04030201"],
  [() => Buffer.from([1,2,3,4,5,6,7,8]).swap64().toString("hex"), "0807060504030201"],
  [() => codeOf(() => Buffer.from([1]).swap16()), "RangeError:ERR_INVALID_BUFFER_SIZE"],
  [() => Buffer.from([1,2,3,4]).readUInt32BE(), "16909060"],
  [() => Buffer.from([1,2,3,4]).readUint16LE(1), "770"],
  [() => Buffer.from([255,2]).readInt8(), "-1"],
  [() => codeOf(() => Buffer.from([1]).readUInt16BE()), "RangeError:ERR_BUFFER_OUT_OF_BOUNDS"],
  [() => Buffer.from([1,2,3,4,5,6]).readUIntBE(0, 6), "1108152157446"],
  [() => (() => { const b = Buffer.alloc(4); return [b.writeUInt32LE(0x01020304), b.toString("hex")] })(), "4,04030201"],
  [() => (() => { const b = Buffer.alloc(8); return [b.writeDoubleBE(1.5), b.toString("hex")] })(), "8,3ff8000000000000"],
  [() => codeOf(() => Buffer.alloc(1).writeUInt8(256)), "RangeError:ERR_OUT_OF_RANGE"],
  [() => Buffer.from("abc").map((x) => x + 1).toString(), "bcd"],
  [() => Buffer.isBuffer(Buffer.from("abc").map((x) => x)), "true"],
  [() => [...Buffer.from("ab").entries()].join(), "0,97,1,98"],
  [() => [...Buffer.from("ab")].join(), "97,98"],
  [() => Buffer.from("abc").at(-1), "99"],
  [() => String(Buffer.from("abc")), "abc"],
  [() => Buffer.from("abc") + "", "abc"],
  [() => Buffer.from("a").buffer.constructor.name, "ArrayBuffer"],
  [() => codeOf(() => Buffer.from("abc").toString("nope")), "TypeError:ERR_UNKNOWN_ENCODING"],
  [() => Buffer.from("abc").toLocaleString(), "abc"],
  [() => new Buffer("abc").toString(), "abc"],
  [() => new Buffer(3).length, "3"],
  [() => Buffer("abc").toString(), "abc"],
  [() => codeOf(() => Buffer.alloc(-1)), "RangeError:ERR_OUT_OF_RANGE"],
  [() => codeOf(() => Buffer.alloc("5")), "TypeError:ERR_INVALID_ARG_TYPE"],
  [() => codeOf(() => Buffer.concat("x")), "TypeError:ERR_INVALID_ARG_TYPE"],
  [() => Buffer.from(new ArrayBuffer(4)).length, "4"],
  [() => Buffer.from("test").readUInt8(1), "101"],
  [() => Buffer.from("€").toString("latin1"), "\u00e2\u0082\u00ac"],
  [() => Buffer.from("ab").toString("binary"), "ab"],
  [() => Buffer.from(Buffer.from([1,2,3]).subarray(1)).toString("hex"), "0203"],
  [() => Buffer.concat([Buffer.from("abc").subarray(1), Buffer.from("d").slice(0)]).toString(), "bcd"],
  [() => new Uint8Array(Buffer.from("ab")).join(), "97,98"],
  [() => Buffer.from("ab").buffer instanceof ArrayBuffer, "true"],
  [() => new TextDecoder().decode(Buffer.from("abä")), "ab\u00e4"],
  [() => structuredClone(Buffer.from("ab")).constructor.name, "Uint8Array"],
];

for (const [run, want] of rows) test("Buffer: " + String(run).slice(6), () => equal(String(run()), want));

test("Buffer: numbers come back", () => {
  for (const [name, value] of Object.entries({
    UInt8: 200, Int8: -100, UInt16LE: 60_000, UInt16BE: 60_000, Int16LE: -30_000, Int16BE: -30_000, UInt32LE: 4e9, UInt32BE: 4e9, Int32LE: -2e9, Int32BE: -2e9,
    FloatLE: 1.5, FloatBE: -2.5, DoubleLE: Math.PI, DoubleBE: -1e300, BigInt64LE: -(2n ** 63n), BigInt64BE: -5n, BigUInt64LE: 2n ** 64n - 1n, BigUint64BE: 5n, Uint32LE: 7,
  })) {
    const buffer = Buffer.alloc(12, 0xff);
    const size = buffer["write" + name](value, 2) - 2;
    equal([buffer["read" + name](2), buffer[1], buffer[2 + size]], [value, 255, 255]);
    equal([codeOf(() => buffer["read" + name](13 - size)), codeOf(() => buffer["read" + name]("0"))], ["RangeError:ERR_OUT_OF_RANGE", "TypeError:ERR_INVALID_ARG_TYPE"]);
  }
  for (const size of [1, 2, 3, 4, 5, 6]) for (const order of ["LE", "BE"]) {
    const buffer = Buffer.alloc(8);
    const value = 2 ** (8 * size - 1) - 3;
    equal([buffer["writeIntLE".slice(0, -2) + order](-value, 1, size), buffer["readInt" + order](1, size)], [1 + size, -value]);
    equal([buffer["writeUInt" + order](value, 1, size), buffer["readUInt" + order](1, size)], [1 + size, value]);
    equal(codeOf(() => buffer["writeUInt" + order](2 ** (8 * size), 0, size)), "RangeError:ERR_OUT_OF_RANGE");
  }
});

test("Buffer: aliases", () => equal([Buffer.prototype.readUint8 === Buffer.prototype.readUInt8, typeof Buffer.prototype.writeUintLE], [true, "function"]));

test("Buffer: name, and what is enumerable", () => equal([Buffer.name, Object.keys(Buffer.from("ab")).join()], ["Buffer", "0,1"]));

testNotNode("Buffer: as much as is refused elsewhere", () => {
  for (const run of [() => Buffer.alloc(2 ** 32), () => Buffer.alloc(Infinity), () => Buffer.concat([Buffer.alloc(1)], 2 ** 40), () => Buffer.from({ length: 2 ** 40 }), () => new Buffer({ length: 2 ** 40 })]) {
    equal(codeOf(run).split(":")[0], "RangeError");
  }
});

testNotNode("Buffer: what lies at the second look is looked at once", () => {
  let n = 0;
  equal(Buffer.from({ get length() { return n++ ? 2 ** 40 : 1; } }).length, 1);
  const own = () => ({ length: 1, 0: 7, valueOf: own });
  equal(Buffer.from(own())[0], 7);
  for (const run of [() => Buffer.from({}), () => Buffer.concat({ length: 2 ** 40 }), () => Buffer.from(), () => Buffer.concat([1])]) equal(codeOf(run), "TypeError:ERR_INVALID_ARG_TYPE");
});
