import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { Job } from '#schema/job/job';
import { useVisit } from './visit-context.ts';

/** A job, followed live as long as the component stands; undefined until something is heard. */
export function useJob(id: string | undefined): Job | undefined {
	const { jobs } = useVisit();
	useEffect(() => (id === undefined ? undefined : jobs.follow(id)), [jobs, id]);
	return useStore(jobs.store, (state) => (id === undefined ? undefined : state.jobs[id]));
}
