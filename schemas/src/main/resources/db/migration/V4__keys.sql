-- Who may speak to the API. Keys and sessions stand here as the SHA-256 of what their holders have: nobody who reads this can use it.
create table api_key (
    name       text primary key,
    role       text        not null check (role in ('VIEWER', 'OPERATOR', 'ADMIN')),
    key_sha256 text        not null unique,
    created_at timestamptz not null default now()
);

-- A browser that logged in with a key; ends with the key.
create table console_session (
    session_sha256 text primary key,
    key_sha256     text        not null references api_key (key_sha256) on delete cascade,
    expires_at     timestamptz not null
);

create index console_session_key on console_session (key_sha256);
