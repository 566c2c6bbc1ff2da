import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import { accountOf, type Principal } from '../auth/principal.ts';
import type { Context } from '../context.ts';
import { claimAnswer, freeAnswer, keepAnswer } from '../database/kept-answers.ts';
import { InvalidError } from '../errors.ts';
import { sendJson } from './send-json.ts';

const SANE_KEY = /^[\x21-\x7e]{1,200}$/;

function hashOf(...parts: string[]): string {
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

interface Once {
	id: string;
	context: Context;
	principal: Principal;
	/** What is asked, checked: parameters, query and body. */
	asked: readonly unknown[];
	req: Request;
	res: Response;
}

/** Holds an answer back until `send`: who gets it may send the same again at once. `drop` lets another be given. */
function holdBack(res: Response): { send: () => void; drop: () => void } {
	const end = res.end;
	let given: unknown[] | undefined;
	res.end = (...parts: unknown[]) => {
		given = parts;
		return res;
	};
	const drop = () => {
		res.end = end;
	};
	return {
		drop,
		send() {
			drop();
			if (given !== undefined) Reflect.apply(end, res, given);
		},
	};
}

/**
 * Makes a change once, however often it is sent under one `Idempotency-Key`: the later ones get the
 * answer of the first, for a day. Who was cut off and does not know whether it was made sends it
 * again. Without such a header it is made each time. Throws InvalidError for a key that is none.
 */
export async function answerOnce(once: Once, change: () => Promise<void> | void): Promise<void> {
	const { id, context, principal, asked, req, res } = once;
	const given = req.get('Idempotency-Key');
	if (given === undefined) return change();
	if (!SANE_KEY.test(given)) {
		throw new InvalidError('request: an Idempotency-Key has 1 to 200 printable ASCII characters');
	}
	const key = hashOf(accountOf(principal), id, given);
	const kept = await claimAnswer(context.db, key, hashOf(JSON.stringify(asked)));
	if (kept !== 'claimed') {
		res.status(kept.status).set('Idempotency-Replayed', 'true');
		if (kept.body === undefined) res.end();
		else await sendJson(req, res, kept.body);
		return;
	}
	const answer = holdBack(res);
	let isMade = false;
	try {
		await change();
		isMade = true;
		await keepAnswer(context.db, key, { status: res.statusCode, body: res.locals.answered });
	} catch (error) {
		answer.drop();
		if (!isMade) await freeAnswer(context.db, key);
		throw error;
	}
	answer.send();
}
