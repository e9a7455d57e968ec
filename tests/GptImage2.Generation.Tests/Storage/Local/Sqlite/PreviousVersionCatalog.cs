using Microsoft.Data.Sqlite;

namespace GptImage2.Generation.Tests.Storage.Local.Sqlite;

/// <summary>
/// A catalog as version 0.1.0 left it: schema and rows are taken from its file, shortened. One edit ended well; another was sent
/// when its process died.
/// </summary>
internal static class PreviousVersionCatalog
{
    public const string FinishedJob = "job_icm2363kjjzrugt7";

    public const string OrphanedJob = "job_bb2unuebtqq9z88b";

    public const string ImageId = "img_ubgy9c9rc3hdxf4c";

    private const string Schema = """
        CREATE TABLE images (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            owner TEXT NOT NULL,
            job_id TEXT NOT NULL,
            number INTEGER NOT NULL,
            created INTEGER NOT NULL,
            delivered INTEGER NOT NULL CHECK (delivered IN (0, 1)),
            record TEXT NOT NULL,
            name TEXT NOT NULL DEFAULT ''
        ) STRICT;
        CREATE INDEX images_of_job ON images (job_id, number);
        CREATE VIRTUAL TABLE words USING fts5(owner, prompt, content = '', contentless_delete = 1, tokenize = 'unicode61', prefix = '1 2 3');
        CREATE INDEX images_newest ON images (owner, seq DESC, name, id) WHERE delivered = 1;
        CREATE INDEX images_by_id ON images (owner, id, name) WHERE delivered = 1;
        CREATE TABLE jobs (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            owner TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            process TEXT NOT NULL,
            started INTEGER NOT NULL,
            ended INTEGER,
            took INTEGER,
            sent INTEGER NOT NULL CHECK (sent IN (0, 1)),
            collected INTEGER NOT NULL CHECK (collected IN (0, 1)),
            open INTEGER NOT NULL CHECK (open IN (0, 1)),
            kind TEXT NOT NULL,
            state TEXT NOT NULL,
            plan TEXT NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX jobs_open ON jobs (fingerprint) WHERE open = 1;
        CREATE INDEX jobs_unfinished ON jobs (seq) WHERE ended IS NULL;
        CREATE INDEX jobs_of_owner ON jobs (owner, seq DESC);
        CREATE INDEX jobs_of_kind ON jobs (kind, seq DESC) WHERE took IS NOT NULL;
        CREATE TABLE ledger (
            job_id TEXT PRIMARY KEY,
            owner TEXT NOT NULL,
            day TEXT NOT NULL,
            tool TEXT NOT NULL,
            model TEXT NOT NULL,
            reserved INTEGER,
            actual INTEGER,
            certainty INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX ledger_of_day ON ledger (day, actual, reserved);
        PRAGMA user_version = 3;
        """;

    private const string Rows = """
        INSERT INTO images VALUES (1, 'img_ubgy9c9rc3hdxf4c', 'local', 'job_icm2363kjjzrugt7', 1, 1795916524261, 1,
        '{"id":"img_ubgy9c9rc3hdxf4c","owner":"local","job_id":"job_icm2363kjjzrugt7","number":1,
        "created":"2026-11-29T01:42:04.2614737+00:00","derived_from":"img_rzqvjpnj3anw5b5e","delivered":true,
        "file":{"path":"2026-11-29/014201-a-red-door-ubgy9c9rc3hdxf4c.png","format":"png","size":"1024x1024","has_alpha":false,
        "bytes":273047,"sha256":"e7d116ffcadb45d4f788e331f3110eb6a48c8fbae71fd3d36090688b2cb48447"},
        "prompt":"a red door","prompt_as_sent":"Image 1 is the picture to edit.\n\na red door",
        "inputs":[{"role":"base","image":"img_x7y2a6cpz5gtpekr","sha256":"66145ed0714ace7b6199a43698da3faa8a56354e5208847cf0cda706ca80e4ab"}],
        "region":{"coverage":0.25,"changed_inside":0.975311279296875,"changed_outside":0},
        "tool":"inpaint_region","backend":"openai","model":"gpt-image-2","quality":"medium"}',
        '014201-a-red-door-ubgy9c9rc3hdxf4c.png');
        INSERT INTO images VALUES (2, 'img_x7y2a6cpz5gtpekr', 'local', 'job_kx5tb6fs4eqdbcgn', 1, 1795916477000, 0,
        '{"id":"img_x7y2a6cpz5gtpekr","owner":"local","job_id":"job_kx5tb6fs4eqdbcgn","number":1,
        "created":"2026-11-29T01:41:17.0000000+00:00","delivered":false,
        "file":{"path":"2026-11-29/014117-a-fox-x7y2a6cpz5gtpekr.png","format":"png","size":"1024x1024","has_alpha":false,
        "bytes":90589,"sha256":"66145ed0714ace7b6199a43698da3faa8a56354e5208847cf0cda706ca80e4ab"},
        "prompt":"a fox","tool":"generate_image","backend":"openai","model":"gpt-image-2","quality":"medium"}',
        '014117-a-fox-x7y2a6cpz5gtpekr.png');
        INSERT INTO jobs VALUES (1, 'job_icm2363kjjzrugt7', 'local', '0363083934bd78fdfdd47337ce9f4cf53fdc4c599d8da688203f4e4ca00c1109',
        '2x2scjjqipvnzs94', 1795916517222, 1795916524314, 7092, 1, 1, 0, 'openai/gpt-image-2/medium/1 MP/1',
        '{"order":{"owner":"local","tool":"inpaint_region","backend":"openai","model":"gpt-image-2","prompt":"a red door",
        "prompt_as_sent":"Image 1 is the picture to edit.\n\na red door","count":1,"size":"1024x1024","quality":"medium",
        "price":{"unit":"usd","estimate":{"low":0.053,"high":0.06},"ceiling":0.06},
        "part":{"coverage":0.25,"feather":10,"left":0,"top":0,"width":1024,"height":1024,"scale":1,"canvas":"1024x1024"},
        "kind":"openai/gpt-image-2/medium/1 MP/1"},
        "status":"done","stage":"Over","changed":"2026-11-29T01:42:04.3145685+00:00",
        "images":[{"id":"img_ubgy9c9rc3hdxf4c","copies":["/home/ann/door.png"]}],"partials":0,"warnings":["Image\u0027s first warning"],
        "outcome":{"usage":{"text_in":40,"image_in":1000,"out":1756,"total":2796},"request_id":"req_1","billed":"yes"},"usd":0.0609}',
        '{"caller":{"owner":"local","local_paths_allowed":true},"tool":"inpaint_region","backend":"openai","model":"gpt-image-2",
        "request":{"kind":"inpaint","image":{"image":"img_x7y2a6cpz5gtpekr","role":"base","full_size":false,"argument":"image"},
        "region":[{"shape":"rectangle","x":0.25,"y":0.25,"width":0.5,"height":0.5,"points":[],"numbers":[0.25,0.25,0.5,0.5]}],
        "outside":"keep","references":[],"pictures":[{"image":"img_x7y2a6cpz5gtpekr","role":"base","full_size":false,"argument":"image"}],
        "prompt":"a red door","size":"1024x1024","count":1,"quality":"medium","background":"auto","cutout":false,"delivery":{"format":"png"}},
        "pictures":[{"stored":{"path":"2026-11-29/014117-a-fox-x7y2a6cpz5gtpekr.png","format":"png","size":"1024x1024","has_alpha":false,
        "bytes":90589,"sha256":"66145ed0714ace7b6199a43698da3faa8a56354e5208847cf0cda706ca80e4ab"},
        "header":{"format":"png","size":"1024x1024","orientation":1,"has_alpha":false,"frames":1,"bits_per_channel":8,"colour_space":"Rgb",
        "has_profile":false,"has_palette":false}}],
        "region":{"mask":{"path":".inputs/8b03c5f5c7af5f22988bfdd9e78875f1d3d6a91abcd075be71b3816f3fa6902f.png","format":"png","size":"512x512",
        "has_alpha":false,"bytes":1445,"sha256":"8b03c5f5c7af5f22988bfdd9e78875f1d3d6a91abcd075be71b3816f3fa6902f"},
        "bounds":{"left":256,"top":256,"size":"512x512"},"feather":10,
        "fit":{"area":{"left":0,"top":0,"size":"1024x1024"},"scale":1,"canvas":"1024x1024","pad_left":0,"pad_top":0},
        "outside":"keep","warnings":[]},"price":{"unit":"usd","estimate":{"low":0.053,"high":0.06},"ceiling":0.06},"warnings":[]}');
        INSERT INTO jobs VALUES (2, 'job_bb2unuebtqq9z88b', 'local', '6375e2d08962d64abb7a7183332510ce3afc68482c6548d7756c93b317c2453c',
        'gone', 1795916524534, NULL, NULL, 1, 0, 1, 'openai/gpt-image-2/medium/1 MP/1',
        '{"order":{"owner":"local","tool":"generate_image","backend":"openai","model":"gpt-image-2","prompt":"a cup","count":1,
        "size":"1024x640","quality":"medium","price":{"unit":"usd","estimate":{"low":0.034,"high":0.034},"ceiling":0.034},"kind":"openai/gpt-image-2/medium/1 MP/1"},
        "status":"running","stage":"Drawing","changed":"2026-11-29T01:42:06.0122046+00:00","images":[],"partials":1,"warnings":[]}',
        '{"caller":{"owner":"local","local_paths_allowed":true},"tool":"generate_image","backend":"openai","model":"gpt-image-2",
        "request":{"kind":"text","prompt":"a cup","size":"1024x640","count":1,"quality":"medium","background":"auto","cutout":false,
        "delivery":{"format":"png","resize_to":"640x400"},"pictures":[]},
        "pictures":[],"price":{"unit":"usd","estimate":{"low":0.034,"high":0.034},"ceiling":0.034},"warnings":[]}');
        INSERT INTO ledger VALUES ('job_icm2363kjjzrugt7', 'local', '2026-11-29', 'inpaint_region', 'gpt-image-2', 60000, 60900, 1);
        INSERT INTO ledger VALUES ('job_bb2unuebtqq9z88b', 'local', '2026-11-29', 'generate_image', 'gpt-image-2', 34000, NULL, 0);
        """;

    public static void Write(string catalogFolder)
    {
        Directory.CreateDirectory(catalogFolder);
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(catalogFolder, "catalog.db"), Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = Schema + Rows;
        command.ExecuteNonQuery();
    }
}
