-- Conversions are held by workers as jobs are; the attempt fences what a worker that lost one still writes.
alter table dataset add column worker varchar(128);
alter table dataset add column attempt integer default 0 not null;
alter table dataset add column images_done bigint default 0 not null;
alter table dataset add column images_total bigint default 0 not null;
