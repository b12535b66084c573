-- Finished transfers, each row chained to the one before it by a hash. Times are in milliseconds since 1970 (UTC).
-- How the hash is made is said in src/docs/events.md, under "History".
create table history (
    seq          bigint not null primary key,
    transfer     text   not null,
    direction    text   not null,
    account      text   not null,
    address      text   not null,
    door         text   not null,
    path         text   not null,
    size         bigint,
    resumed_at   bigint not null,
    bytes        bigint not null,
    started      bigint not null,
    finished     bigint not null,
    took_nanos   bigint not null,
    sha256       text,
    outcome      text   not null,
    hash         text   not null
);

create index history_finished on history (finished);

-- The two ends of the chain: the last row that was let go because of its age, and the newest. Without them a row
-- missing at either end would not be noticed.
create table history_chain (
    id          integer not null primary key check (id = 1),
    pruned_seq  bigint  not null,
    pruned_hash text    not null,
    head_seq    bigint  not null,
    head_hash   text    not null
);

insert into history_chain (id, pruned_seq, pruned_hash, head_seq, head_hash)
values (1, 0, '0000000000000000000000000000000000000000000000000000000000000000',
        0, '0000000000000000000000000000000000000000000000000000000000000000');
