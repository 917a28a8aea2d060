-- Each evaluation of a job. The report is JSON: nothing is ever searched by what is in it.
create table job_evaluation (
  job_id varchar(36) not null,
  step bigint not null,
  time timestamp(3) with time zone not null,
  report text not null,
  primary key (job_id, step)
);

alter table job add column evaluation_top_5_accuracy double precision;
alter table job add column evaluation_precision double precision;
alter table job add column evaluation_recall double precision;
alter table job add column evaluation_f1 double precision;
alter table job add column evaluation_left_out bigint;
