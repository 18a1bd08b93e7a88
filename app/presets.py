"""Example runs of each lab as links; their titles and descriptions are in the catalogues, by name."""

_FOX = "text=the+quick+brown+fox+jumps+over+the+lazy+dog"

PRESETS: dict[str, str] = {
    "hello": "?v=1",
    "full": "?v=1&truncation=full",
    "words": "?v=1&unit=word",
    "words_ko": "?v=1&text=%EC%95%84%EC%B9%A8%EC%97%90+%EB%A8%B9%EA%B3%A0+%EC%9E%90%EA%B3%A0"
    "+%EC%A0%80%EB%85%81%EC%97%90+%EB%A8%B9%EA%B3%A0+%EB%86%80%EA%B3%A0&unit=word&truncation=full&updates=20&lr=0.5",
    "hangul": "?v=1&text=%EB%82%98%EB%9E%8F%EB%A7%90%EC%8B%B8%EB%AF%B8"
    "+%EB%93%95%EA%B7%81%EC%97%90+%EB%8B%AC%EC%95%84&k=4",
    "vanishing": f"?v=1&{_FOX}&gain=0.5&loss_at=last&truncation=full",
    "exploding": f"?v=1&{_FOX}&activation=identity&gain=1.3&loss_at=last&truncation=full",
    "sigma": f"?v=1&{_FOX}&activation=identity&gain=0.8&seed=1&loss_at=last&truncation=full#panel=jacobian",
    "pytorch": f"?v=1&{_FOX}&init=pytorch&loss_at=last&truncation=full#panel=jacobian",
    "keras": f"?v=1&{_FOX}&init=keras&loss_at=last&truncation=full#panel=jacobian",
    "identity": f"?v=1&{_FOX}&activation=relu&init=identity&loss_at=last&truncation=full#panel=jacobian",
    "scalar": "?v=1&text=abcdefghij&steps=20&activation=identity&hidden=1&gain=1.1&loss_at=last"
    "&truncation=full#t=0&s=19",
    "window": f"?v=1&{_FOX}&truncation=window&k=4",
    "tbptt": f"?v=1&{_FOX}&truncation=tbptt&k=8&k1=4",
    "randomized": f"?v=1&{_FOX}&truncation=randomized&cut=0.1",
    "random_lengths": f"?v=1&{_FOX}&truncation=cuts&cuts=9,20,26,37",  # drawn in tests/test_presets.py
    "last": f"?v=1&{_FOX}&loss_at=last&k=5",
    "blackboard": "?v=1&text=1+2&targets=1+2&unit=number&hidden=1&weights=.5%2C.1%2C0%2C2%2C0"
    "&reduction=sum&truncation=full#at=b1.3&notation=uvw",
    "lstm": f"?v=1&{_FOX}&steps=40&cell=lstm&gate_bias=3&loss_at=last&truncation=full#panel=cells",
    "learning": "?v=1&updates=60&lr=0.5#panel=learning",
    "long": f"?v=1&{_FOX}&steps=1000&k=10",
}
"""Presets of the explorer by name, in the order in which they are shown."""

TRAINING_PRESETS: dict[str, str] = {
    "hello": "?v=1",
    "video": "?v=1&text=AABBAACCAABBAACCAABBA&k=4&lr=0.5&budget=600&contest=1%2C4%2Czeros.4%2Cfull#minutes=1",
    "river": "?v=1&text=%40river-en&k=10&lr=0.005&hidden=32&lanes=2&optimizer=adam&clip=norm"
    "&budget=15000&contest=1%2C10%2C50%2Cfull",
    "river_ko": "?v=1&text=%40river-ko&k=10&lr=0.01&hidden=32&lanes=2&optimizer=adam&clip=norm"
    "&budget=15000&contest=1%2C10%2C50%2Cfull",
    "shuffled": "?v=1&text=%40river-en&k=10&lr=0.005&hidden=32&lanes=2&shuffle=1&optimizer=adam"
    "&clip=norm&budget=15000&contest=ordered.10%2C10%2Czeros.ordered.10",
    "padding": f"?v=1&{_FOX}&k=5&lr=0.5&lengths=20%2C12%2C5&budget=800#it=0.2",
    "random_lengths": f"?v=1&{_FOX}&k=9&cuts=9,20,26,37&lr=0.01&hidden=16&optimizer=adam"
    "&clip=norm&budget=1260&contest=9%2Ccuts%3A9%3A20%3A26%3A37%2Cfull",
    "stairs": "?v=1&task=recall&k=10&lr=0.005&hidden=32&gain=0.9&lanes=16&optimizer=adam"
    "&clip=norm&budget=8000&contest=1%2C5%2C10%2C20%2C40%2Czeros.10%2Czeros.20%2Czeros.40",
    "carried": "?v=1&task=recall&k=10&lr=0.001&hidden=32&gain=0.9&lanes=16&optimizer=adam"
    "&clip=norm&budget=16000&contest=1%2C5%2C10%2C20",
    "episodes": "?v=1&task=episodes&k=16&lr=0.005&hidden=32&gain=0.9&lanes=16&optimizer=adam"
    "&clip=norm&budget=600&contest=window.1%2Cwindow.4%2Cwindow.8%2Cwindow.16%2Cfull&lag=16",
    "adding": "?v=1&task=adding&k=5&lr=0.005&hidden=32&lanes=32&optimizer=adam&clip=norm"
    "&budget=800&contest=window.1%2Cwindow.5%2Cwindow.10%2Cfull&lag=20",
    "breaks": "?v=1&k=1&lr=3",
}
"""Presets of the training lab."""

GRAPH_PRESETS: dict[str, str] = {
    "product": "?v=1#at=f0",
    "layers": "?v=1&preset=layers",
    "tied": "?v=1&preset=tied",
    "chain": "?v=1&preset=chain&lr=1#at=u1",
    "recursion": "?v=1&preset=recursion&n=5#pair=0.4",
    "ar": "?v=1&preset=ar&n=5",
    "latent": "?v=1&preset=latent&n=5",
    "saturated": "?v=1&formula=tanh%28w*x+%2B+b%29&values=w%3A3%2Cx%3A1.5",
    "neuron": "?v=1&formula=%28sigmoid%28w*x+%2B+b%29+-+y%29**2&values=x%3A2%2Cb%3A-1&lr=0.2",
}
"""Presets of the graph lab."""
