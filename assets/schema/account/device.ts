import { z } from 'zod';
import { recordId } from '../value/id.ts';

/** What is paired with a museum instead of signed in: it reads and changes nothing. */
export const DEVICE_KINDS = ['kiosk', 'headset'] as const;

export const deviceKind = z.enum(DEVICE_KINDS).meta({ id: 'DeviceKind' });
export type DeviceKind = z.infer<typeof deviceKind>;

/** The node of a museum (its record's id), a place, or `cluster`. */
export const nodeId = recordId;

const name = z.string().trim().min(1).max(100);

/** A paired device, as those who look after it see it. */
export const device = z
	.object({
		id: z.uuid(),
		name,
		kind: deviceKind,
		node: nodeId,
		createdAt: z.iso.datetime(),
		/** To the minute; null while it has never asked. */
		lastSeenAt: z.iso.datetime().nullable(),
		revokedAt: z.iso.datetime().nullable(),
	})
	.meta({ id: 'Device' });
export type Device = z.infer<typeof device>;

/** What a device that wants to be paired says of itself. */
export const pairingRequest = z.strictObject({ kind: deviceKind, name: name.optional() });

/** The code for its screen, and the secret it asks with whether somebody approved it. */
export const pairing = z
	.object({
		code: z.string(),
		poll: z.string(),
		expiresAt: z.iso.datetime(),
		/** Address a person opens to approve it: what the QR code on the screen says. */
		approveUrl: z.string(),
	})
	.meta({ id: 'Pairing' });

/** Who approves says where the device stands, and may name it. */
export const pairingApproval = z.strictObject({ node: nodeId, name: name.optional() });

/** What a poll answers: wait on, or the token, once. */
export const pairingResult = z
	.discriminatedUnion('status', [
		z.object({ status: z.literal('waiting') }),
		z.object({ status: z.literal('approved'), id: z.uuid(), node: nodeId, token: z.string() }),
	])
	.meta({ id: 'PairingResult' });
export type PairingResult = z.infer<typeof pairingResult>;
