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

    /// <summary>Whether an order whose answer was lost can be found again at a service that keeps orders.</summary>
    public bool FindsLostOrders { get; init; } = true;

    /// <summary>Whether it takes a mask. Where it does not, a request with one is refused before anything is sent.</summary>
    public bool TakesMask { get; init; } = true;

    /// <summary>Whether a mask goes with one image alone and for one result, and is refused with more.</summary>
    public bool MasksOneImageOnly { get; init; }

    /// <summary>The size that a request arrives with, where that is not its own.</summary>
    public Func<Generation.Requests.ImageRequest, Imaging.Dimensions> GetOrderedSize { get; init; } = static request => request.Size;

    /// <summary>Whether the service can be asked, without drawing, if all is well.</summary>
    public bool CanBeChecked { get; init; } = true;

    /// <summary>Whether its answers say how many tokens were used.</summary>
    public bool ReportsUsage { get; init; }

    /// <summary>Whether its answers say how many of its own credits were charged, and its books count in them.</summary>
    public bool ReportsCredits { get; init; }

    /// <summary>Whether it asks for money at all.</summary>
    public bool Bills { get; init; } = true;

    /// <summary>The same vendor, of which something else has to come of a mishap.</summary>
    public VendorTraits Expect(Mishap mishap, MishapOutcome outcome) => this with
    {
        Outcomes = new Dictionary<Mishap, MishapOutcome>(Outcomes) { [mishap] = outcome },
        Impossible = Impossible.Where(entry => entry.Key != mishap).ToDictionary(),
    };

    /// <summary>The same vendor, which does not have a mishap.</summary>
    public VendorTraits Exclude(Mishap mishap, string reason) => this with
    {
        Outcomes = Outcomes.Where(entry => entry.Key != mishap).ToDictionary(),
        Impossible = new Dictionary<Mishap, string>(Impossible) { [mishap] = reason },
    };
}
