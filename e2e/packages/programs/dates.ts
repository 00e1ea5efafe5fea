// Two date libraries.
import { addBusinessDays, differenceInCalendarDays, eachDayOfInterval, format, formatDistance, isWeekend, parseISO } from "date-fns";
import dayjs from "dayjs";
import duration from "dayjs/plugin/duration";
import relativeTime from "dayjs/plugin/relativeTime";
import utc from "dayjs/plugin/utc";

const start = new Date(2026, 0, 30, 14, 5, 9);
console.log(format(start, "EEEE, do MMMM yyyy, HH:mm:ss.SSS (QQQ, 'week' I)"));
console.log(format(addBusinessDays(start, 3), "yyyy-MM-dd"));
console.log(differenceInCalendarDays(parseISO("2026-03-01"), parseISO("2026-02-01")));
console.log(formatDistance(new Date(2026, 0, 1), new Date(2026, 2, 1), { addSuffix: true }));
console.log(eachDayOfInterval({ start, end: new Date(2026, 1, 3) }).filter((day) => !isWeekend(day)).length);

dayjs.extend(utc);
dayjs.extend(duration);
dayjs.extend(relativeTime);
const moment = dayjs.utc("2026-02-28T23:59:59Z");
console.log(moment.add(1, "second").format("YYYY-MM-DD[T]HH:mm:ssZ"));
console.log(moment.subtract(1, "month").endOf("month").toISOString());
console.log(dayjs.duration({ hours: 2, minutes: 5 }).humanize(), dayjs.duration(7_384_000).format("HH:mm:ss"));
console.log(moment.from(dayjs.utc("2026-03-02T00:00:00Z")), dayjs("nonsense").isValid());
