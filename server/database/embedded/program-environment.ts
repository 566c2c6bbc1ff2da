/** What PostgreSQL's programs see of our environment: no PG* variable may redirect them. */
export const PROGRAM_ENVIRONMENT: NodeJS.ProcessEnv = {
	PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
	LC_ALL: 'C',
	TZ: 'UTC',
};
