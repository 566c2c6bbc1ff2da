import { z } from 'zod';
import { edtfDate } from '../value/period.ts';
import { source } from '../value/provenance.ts';
import { localizedText } from '../value/text.ts';

/** When this was last compared with its sources, and which they are. */
const checked = { checked: edtfDate, sources: z.array(source).min(1) };

const WEEKDAYS = [
	'monday',
	'tuesday',
	'wednesday',
	'thursday',
	'friday',
	'saturday',
	'sunday',
] as const;

/** A time of day where the museum is, 24 hours. */
const clockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time such as 09:00');

/** A day of any year: month and day. */
const dayOfYear = z
	.string()
	.regex(/^(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/, 'a day such as 04-01');

const hours = { opens: clockTime, closes: clockTime, lastEntry: clockTime.optional() };

/** Hours of a week, the whole year or one season of it; a weekday that is not named is closed. */
const weeklyHours = z.object({
	weekdays: z.array(z.enum(WEEKDAYS)).min(1),
	...hours,
	/** First and last day; a season may run over the new year. */
	season: z.object({ firstDay: dayOfYear, lastDay: dayOfYear }).optional(),
});

/** Days on which other hours hold, or, without any, on which the museum is closed. */
const exceptionalDays = z.object({
	firstDay: edtfDate,
	lastDay: edtfDate,
	hours: z.object(hours).optional(),
	note: localizedText.optional(),
});

const openingHours = z
	.object({
		weekly: z.array(weeklyHours).default([]),
		exceptions: z.array(exceptionalDays).default([]),
		note: localizedText.optional(),
		...checked,
	})
	.meta({ id: 'OpeningHours' });

/** A ticket and whom it is for; a price of 0 is free entry. */
const ticket = z.object({
	name: localizedText,
	price: z.object({ amount: z.number().nonnegative(), currency: z.string().regex(/^[A-Z]{3}$/) }),
	note: localizedText.optional(),
});

const tickets = z
	.object({
		offers: z.array(ticket).default([]),
		needsBooking: z.boolean().optional(),
		bookingUrl: z.url().optional(),
		note: localizedText.optional(),
		...checked,
	})
	.meta({ id: 'Tickets' });

/** One way to get there. */
const wayThere = z
	.object({
		by: z.enum(['metro', 'bus', 'train', 'car', 'bicycle', 'foot']),
		text: localizedText,
		...checked,
	})
	.meta({ id: 'WayThere' });

/** Whether one gets in and round without a step. */
const stepFreeAccess = z
	.object({
		reach: z.enum(['everywhere', 'partly', 'nowhere']),
		note: localizedText.optional(),
		...checked,
	})
	.meta({ id: 'StepFreeAccess' });

/** What a visit needs to know. Each part says when it was checked and against what; an unknown one is left out. */
export const museumVisit = z
	.object({
		openingHours: openingHours.optional(),
		tickets: tickets.optional(),
		ways: z.array(wayThere).default([]),
		stepFree: stepFreeAccess.optional(),
	})
	.meta({ id: 'MuseumVisit' });
