/** The modules of the repository that the agent works on. */
export const modules = [
  'invoices, shipments, tariffs, customs, returns, pickups, labels, depots, routes, drivers',
  'manifests, claims, refunds, quotes, contracts, holidays, surcharges, weights, addresses, geocoding',
  'tracking, webhooks, exports, imports, audits, permissions, invitations, reminders, templates, translations',
  'currencies, taxes, payments, dunning, ledgers, reports, dashboards, archives, backups, calendars',
].flatMap((names) => names.split(', '));

/** What has to be done in a module. */
export interface Change {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly test: string;
  /** What the test says when the change was not careful enough, and what then helps. */
  readonly failure: string;
  readonly fix: string;
}

export const changes: readonly Change[] = [
  {
    name: 'dueDate',
    before: "moment(issued).add(1, 'month').format('YYYY-MM-DD')",
    after: 'Temporal.PlainDate.from(issued).add({ months: 1 }).toString()',
    test: 'is a month later, at the end of January, too',
    failure: "expected '2025-03-03' to be '2025-02-28'",
    fix: "Temporal.PlainDate.from(issued).add({ months: 1 }, { overflow: 'constrain' }).toString()",
  },
  {
    name: 'daysBetween',
    before: "moment(end).diff(moment(start), 'days')",
    after: 'Temporal.Instant.from(start).until(end).total({ unit: "days" })',
    test: 'counts whole days across the change to summer time',
    failure: 'expected 6.958333333333333 to be 7',
    fix: 'day(start).until(day(end)).days',
  },
  {
    name: 'shownTime',
    before: "moment.tz(at, zone).format('D. MMM YYYY, HH:mm')",
    after: "Temporal.Instant.from(at).toZonedDateTimeISO(zone).toLocaleString('de')",
    test: 'shows 東京 and Bergen at their own hours',
    failure: "expected '17.11.2025, 17:30:00 MEZ' to be '17. Nov. 2025, 17:30'",
    fix: "Temporal.Instant.from(at).toZonedDateTimeISO(zone).toLocaleString('de', { dateStyle: 'medium', timeStyle: 'short' })",
  },
  {
    name: 'weekStart',
    before: "moment(at).startOf('isoWeek').toDate()",
    after: 'date.subtract({ days: date.dayOfWeek })',
    test: 'is a Monday, on Sundays, too',
    failure: "expected '2025-11-16' to be '2025-11-17'",
    fix: 'date.subtract({ days: date.dayOfWeek - 1 })',
  },
  {
    name: 'isOverdue',
    before: "moment().isAfter(moment(due).endOf('day'))",
    after: 'Temporal.PlainDate.compare(Temporal.Now.plainDateISO(zone), due) > 0',
    test: "ends with the customer's day, not with ours",
    failure: 'expected true to be false // Pacific/Auckland 🕛',
    fix: 'Temporal.PlainDate.compare(clock.today(customer.zone), due) > 0',
  },
];

/** A change of a module. */
export type Code = Change & { readonly module: string };
