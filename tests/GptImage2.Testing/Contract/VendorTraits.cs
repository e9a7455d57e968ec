namespace GptImage2.Testing.Contract;

/// <summary>What the contract suite has to know of a vendor beyond its model profile.</summary>
public sealed record VendorTraits
{
    /// <summary>For texts.</summary>
    public required string Name { get; init; }

    /// <summary>What the rules admit, before a request is made of it.</summary>
    public required Generation.Models.ModelProfile Profile { get; init; }

    /// <summary>What has to come of each mishap, for a request of two images (or of one, where a call has no more).</summary>
    public required IReadOnlyDictionary<Mishap, MishapOutcome> Outcomes { get; init; }

    /// <summary>Mishaps that this vendor does not have, each with the reason. With <see cref="Outcomes"/> these are all there are.</summary>
    public required IReadOnlyDictionary<Mishap, string> Impossible { get; init; }

    /// <summary>Whether several images take several requests, each for one.</summary>
    public bool DrawsOneByOne { get; init; }

    /// <summary>Whether it takes a mask. Where it does not, a request with one is refused before anything is sent.</summary>
    public bool TakesMask { get; init; } = true;

    /// <summary>Whether its answers say how many tokens were used.</summary>
    public bool ReportsUsage { get; init; }

    /// <summary>Whether its answers say how many of its own credits were charged, and its books count in them.</summary>
    public bool ReportsCredits { get; init; }

    /// <summary>Whether it asks for money at all.</summary>
    public bool Bills { get; init; } = true;
}
