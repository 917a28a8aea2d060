-- How much a checkpoint takes on disk. Those that were written before this was kept have none.
alter table job_checkpoint add column bytes bigint;
