import third_party_config
class Settings:
    def __init__(self): self.lines = []
    def log(self, line):
        self.lines.append(line)
        return line
settings = Settings()
broken = third_party_config.load().value + undefined_here
