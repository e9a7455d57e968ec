namespace GptImage2.Testing.Scenario.Protocol;

/// <summary>What of the API a request asks for.</summary>
public enum ScenarioRoute
{
    /// <summary>POST /generate/custom/{model}.</summary>
    Run,

    /// <summary>The same with ?dryRun=true.</summary>
    DryRun,

    /// <summary>GET /jobs/{id}.</summary>
    Job,

    /// <summary>GET /jobs.</summary>
    Jobs,

    /// <summary>POST /jobs/{id}/action.</summary>
    JobAction,

    /// <summary>GET /models/{id}.</summary>
    Model,

    /// <summary>POST /assets.</summary>
    SmallUpload,

    /// <summary>GET /assets/{id}.</summary>
    Asset,

    /// <summary>POST /uploads.</summary>
    LargeUpload,

    /// <summary>POST /uploads/{id}/action.</summary>
    UploadAction,

    /// <summary>GET /uploads/{id}.</summary>
    Upload,

    /// <summary>PUT to a signed address of the store of parts.</summary>
    Part,

    /// <summary>GET of a signed address of the content network.</summary>
    Download,
}
